import { entriesOf, lackingIn, methodsNamed, supportedBrowsers } from './browser-data.mjs';

/** The code that runs in browsers. */
const IN_BROWSERS = /(?:^|\/)(?:ui|proto)\/src\/(?!server\/|grpc\/|proxy\.ts$|instrumentation\.ts$)/;

/** What the code asks for before it uses it, and does without where it is missing. */
const ASKED_FIRST = [
  'documentPictureInPicture',
  'exitPictureInPicture',
  'getDisplayMedia',
  'pictureInPictureElement',
  'requestPictureInPicture',
  'requestWindow',
  'setSinkId',
];

/** Classes of our own that have the name of a rare built-in. */
const OWN_CLASSES = ['Scheduler'];

/** One word may be the name of anybody's method. Several words rarely are those of another method than the browser's. */
const SEVERAL_WORDS = /[a-z][A-Z]/;

/** The interfaces of well-known objects. */
const OWNERS = new Map([
  ['document', 'Document'],
  ['navigator', 'Navigator'],
  ['mediaDevices', 'MediaDevices'],
  ['window', 'Window'],
  ['globalThis', 'Window'],
  ['crypto', 'Crypto'],
  ['performance', 'Performance'],
]);

/** @typedef {{ type: string, name: string }} Name */
/** @typedef {{ type: string, object: Name & Partial<Member>, property: Name, computed: boolean }} Member */

const browsers = supportedBrowsers();

/**
 * Says which supported browser lacks a built-in.
 *
 * @param {string} owner The name of the object before the dot; empty if that has no name.
 * @param {string} [member]
 * @param {boolean} [isCall]
 * @returns {string | undefined}
 */
export function supportProblem(owner, member, isCall = false) {
  const name = member ?? owner;
  if (owner === 'crypto' && name === 'randomUUID')
    return 'crypto.randomUUID exists on secure pages only, and people join on others too. Use newUuid of call/base/ids.ts.';
  if (ASKED_FIRST.includes(name) || OWN_CLASSES.includes(owner)) return undefined;
  const known = entriesOf(OWNERS.get(owner) ?? owner, member);
  // The interface of any other object is unknown: only a method that no supported interface has under this name is a problem.
  const byName = known.length === 0 && isCall && SEVERAL_WORDS.test(name);
  const entries = byName ? methodsNamed(name) : known;
  const lacking = entries.map((entry) => lackingIn(entry, browsers));
  if (lacking.length === 0 || lacking.some((names) => names.length === 0)) return undefined;
  return `${member === undefined ? name : `${owner}.${name}`} is missing in ${lacking[0]?.join(', ')} of ui/.browserslistrc. Use something else; or ask for it first, and name it in scripts/lint/browser-support.mjs.`;
}

export const browserSupport = {
  /** @param {{ filename: string, report: (problem: { message: string, node: object }) => void }} context */
  create(context) {
    if (!IN_BROWSERS.test(context.filename)) return {};
    /** @type {(node: object, ...place: Parameters<typeof supportProblem>) => void} */
    const check = (node, ...place) => {
      const message = supportProblem(...place);
      if (message) context.report({ message, node });
    };
    /** @param {Member & { parent: { type: string, callee?: object } }} node */
    const checkMember = (node) => {
      if (node.computed || node.property.type !== 'Identifier') return;
      const { object } = node;
      const owner = object.type === 'Identifier' ? object.name : object.property?.name;
      check(node, owner ?? '', node.property.name, node.parent.callee === node);
    };
    /** @param {{ callee: Name }} node */
    const checkGlobal = ({ callee }) => {
      if (callee.type === 'Identifier') check(callee, callee.name);
    };
    return { MemberExpression: checkMember, NewExpression: checkGlobal, CallExpression: checkGlobal };
  },
};

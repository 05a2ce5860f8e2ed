/** @typedef {{ type: string, value?: any }} Node */

const IN_PAGES = /(?:^|\/)ui\/src\/(?:app|components)\/.*\.tsx$/;

/** A class for the left or the right, behind any variants. */
const PHYSICAL =
  /^(?:[^\s]+:)?!?-?(?:(?:m|p|scroll-m|scroll-p)[lr]|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr])|text-(?:left|right)|float-(?:left|right)|clear-(?:left|right))(?:-|$)/;

const LOGICAL_CLASSES =
  'A class for the left or the right is wrong in Arabic. Use the one for the start or the end: ms- me- ps- pe- start- end- text-start border-s rounded-s.';

/**
 * The first class in a text that is for the left or the right; undefined if there is none. The middle of a box is the same from both sides, and a
 * notch of the device stays where it is.
 *
 * @param {string} text
 * @returns {string | undefined}
 */
export function physicalClass(text) {
  const classes = text.split(/\s+/).filter((name) => PHYSICAL.test(name) && !name.includes('--safe-'));
  const isCentred = /(?:^|[\s:])-translate-x-1\/2(?:\s|$)/.test(text);
  // A word alone, as in `side === 'left'`, is no class.
  return classes.find((name) => /[-:]/.test(name) && !(isCentred && /(?:^|:)left-1\/2$/.test(name)));
}

export const logicalClasses = {
  /** @param {{ filename: string, report: (problem: { message: string, node: object }) => void }} context */
  create(context) {
    if (!IN_PAGES.test(context.filename.replaceAll('\\', '/'))) return {};
    const check = (/** @type {Node} */ node, /** @type {unknown} */ text) => {
      const found = typeof text === 'string' ? physicalClass(text) : undefined;
      if (found !== undefined) context.report({ message: `${found}: ${LOGICAL_CLASSES}`, node });
    };
    return {
      Literal: (/** @type {Node} */ node) => check(node, node.value),
      TemplateElement: (/** @type {Node} */ node) => check(node, node.value.cooked),
    };
  },
};

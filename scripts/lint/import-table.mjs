// Which part of the project may import what, as data and as an oxlint rule.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

// A test lints a project of its own with these rules and says where that is.
const ROOT = process.env.PARLEY_LINT_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The workspaces, and which of our own packages each may import. docs/architecture.md says why.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const WORKSPACES = {
  proto: [],
  'services/common': ['@parley/proto'],
  'services/media': ['@parley/proto', '@parley/common'],
  'services/signaling': ['@parley/proto', '@parley/common'],
  'services/gateway': ['@parley/proto', '@parley/common'],
  'services/logs': ['@parley/proto', '@parley/common'],
  ui: ['@parley/proto'],
};

/**
 * Packages that only some folders may import, besides what the workspaces' package.json files say.
 *
 * @type {readonly { test: RegExp, folders: readonly string[], why: string }[]}
 */
const RESERVED = [
  {
    test: /^mediasoup$/,
    folders: ['services/media', 'scripts/test'],
    why: 'only the media service knows mediasoup',
  },
  {
    test: /^@parley\/proto\/grpc$/,
    folders: ['proto', 'services', 'scripts', 'tests', 'bench'],
    why: 'browsers do not speak gRPC',
  },
];

/**
 * The order of the folders inside a folder. A file may import from its own folder and from those before it, never from those after it;
 * types count as well. A file that lies directly in the parent may import all of them, and none of them may import it.
 * Every folder inside the parent has a place here.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const LAYERS = {
  'ui/src': [
    'server',
    'call',
    'layout',
    'arrangement',
    'format',
    'browser',
    'selectors',
    'api',
    'words',
    'hooks',
    'components',
    'app',
  ],
  'ui/src/call': ['base', 'signaling', 'devices', 'send', 'receive', 'media', 'telemetry', 'state', 'check'],
  'ui/src/components': [
    // What all pages are made of.
    'basics',
    'page',
    'devices',
    'reactions',
    'tile',
    // The parts of the call page.
    'chat',
    'controls',
    'notices',
    'people',
    'settings',
    'stage',
    'statistics',
    'panel',
    // The pages, and the one that chooses between them.
    'call-page',
    'check-page',
    'ended-pages',
    'landing-page',
    'prejoin-page',
    'room-page',
  ],
  'services/logs/src': ['files', 'lines', 'search', 'login', 'http'],
};

const CALL = 'ui/src/call';
/** What runs beside Next on its server, and the one file that may load it: nothing of it may reach a browser. */
const SERVER = 'ui/src/server';
const SERVER_ENTRANCE = 'ui/src/instrumentation.ts';
const VIEW_PACKAGES = /^(react|react-dom|next|radix-ui|lucide-react)(\/|$)/;

/** @typedef {{ specifier: string, isType: boolean }} Import */

/**
 * Says why a file may not import something, or nothing if it may.
 *
 * @param {string} file Absolute, or relative to the repository.
 * @param {Import} wanted
 * @param {string} [root]
 * @returns {string | undefined}
 */
export function importProblem(file, { specifier, isType }, root = ROOT) {
  const path = relative(root, resolve(root, file)).split(sep).join('/');
  const workspace = Object.keys(WORKSPACES).find((name) => path.startsWith(`${name}/`));
  const local = localTarget(path, specifier);
  if (local !== undefined) return localProblem(path, local, workspace, isType);
  if (isBuiltin(specifier))
    return path.startsWith('ui/src/') && !path.startsWith(`${SERVER}/`)
      ? browserProblem(specifier)
      : undefined;
  const reserved = RESERVED.find(
    ({ test, folders }) => test.test(specifier) && !folders.some((folder) => path.startsWith(`${folder}/`)),
  );
  if (reserved) return `"${specifier}" may not be imported here: ${reserved.why}.`;
  if (path.startsWith(`${CALL}/`) && VIEW_PACKAGES.test(specifier))
    return `"${specifier}" is for showing; ${CALL} knows no React.`;
  return workspace ? packageProblem(path, workspace, specifier, isType, root) : undefined;
}

/**
 * @param {string} path
 * @param {string} specifier
 * @returns {string | undefined} The target relative to the repository, if the import is no package.
 */
function localTarget(path, specifier) {
  if (specifier.startsWith('.')) return join(dirname(path), specifier);
  if (specifier.startsWith('@/')) return join('ui/src', specifier.slice(2));
  return undefined;
}

/**
 * @param {string} path
 * @param {string} target
 * @param {string | undefined} workspace
 * @param {boolean} isType
 */
function localProblem(path, target, workspace, isType) {
  const owner = Object.keys(WORKSPACES).find((name) => target === name || target.startsWith(`${name}/`));
  if (owner !== workspace && (workspace || owner)) {
    return `A relative import may not leave ${workspace ?? 'its folder for a workspace'}; use the package's name.`;
  }
  if (workspace && !target.startsWith(`${workspace}/`))
    return `A relative import may not leave ${workspace}.`;
  if (target.startsWith(`${SERVER}/`) && isSource(path) && !mayUseServer(path))
    return `Only ${SERVER_ENTRANCE} may import what runs on the server.`;
  if (isSource(path) && target.includes('/test/')) return 'Sources may not import tests.';
  if (path.startsWith(`${CALL}/`) && !isType && /^ui\/src\/(app|components)\/|\.tsx$/.test(target)) {
    return `${CALL} knows no React components.`;
  }
  return layerProblem(path, target);
}

/**
 * @param {string} path
 * @param {string} target
 * @param {Readonly<Record<string, readonly string[]>>} [table]
 */
export function layerProblem(path, target, table = LAYERS) {
  for (const [parent, folders] of Object.entries(table)) {
    if (!path.startsWith(`${parent}/`) || !target.startsWith(`${parent}/`)) continue;
    const own = layerOf(path, parent, folders);
    const wanted = layerOf(target, parent, folders);
    for (const { name, place } of [own, wanted])
      if (place < 0)
        return `${parent}/${name} has no place in the order of ${parent} (LAYERS in scripts/lint).`;
    if (wanted.place > own.place)
      return `${parent}/${own.name} may not import ${parent}/${wanted.name}: the order is ${folders.join(', ')}.`;
  }
  return undefined;
}

/**
 * A file directly in the parent comes after all folders.
 *
 * @param {string} path
 * @param {string} parent
 * @param {readonly string[]} folders
 */
function layerOf(path, parent, folders) {
  const [name = '', ...rest] = path.slice(parent.length + 1).split('/');
  // An import of the UI names no extension: "@/call/base" is a folder if the table says so, and otherwise a file of the parent.
  const isFile = rest.length === 0 && !folders.includes(name);
  return { name, place: isFile ? folders.length : folders.indexOf(name) };
}

/** @param {string} path */
function mayUseServer(path) {
  return path === SERVER_ENTRANCE || path.startsWith(`${SERVER}/`);
}

/** @param {string} specifier */
function browserProblem(specifier) {
  return `"${specifier}" does not exist in a browser.`;
}

/**
 * @param {string} path
 * @param {string} workspace
 * @param {string} specifier
 * @param {boolean} isType
 * @param {string} root
 */
function packageProblem(path, workspace, specifier, isType, root) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (isSource(path) && specifier === '@parley/common/testing' && !path.includes('/testing/')) {
    return 'Only tests may import "@parley/common/testing".';
  }
  const own = readManifest(join(root, workspace));
  if (name === own.name) return undefined;
  if (name.startsWith('@parley/')) {
    return WORKSPACES[workspace]?.includes(name)
      ? undefined
      : `${workspace} may not import "${name}" (docs/architecture.md).`;
  }
  const allowed = { ...own.dependencies, ...own.peerDependencies };
  const isRuntime = isSource(path) && !isType && !path.includes('/testing/');
  const more = isRuntime ? {} : { ...own.devDependencies, ...readManifest(root).devDependencies };
  if (name in allowed || name in more || `@types/${name}` in more) return undefined;
  return `"${name}" is not a dependency in ${workspace}/package.json.`;
}

/** @param {string} path */
function isSource(path) {
  return /^(proto|ui|services\/[^/]+)\/src\//.test(path);
}

/** @type {Map<string, any>} */
const manifests = new Map();

/** @param {string} folder */
function readManifest(folder) {
  const known = manifests.get(folder) ?? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  manifests.set(folder, known);
  return known;
}

/** @typedef {{ type: string, value?: unknown }} Source */
/** @typedef {{ source: Source | null, importKind?: string, exportKind?: string }} ImportNode */

const rule = {
  /** @param {{ filename: string, report: (problem: { message: string, node: any }) => void }} context */
  create(context) {
    /** @param {ImportNode} node */
    const check = (node) => {
      if (!node.source || typeof node.source.value !== 'string') return;
      const isType = node.importKind === 'type' || node.exportKind === 'type';
      const message = importProblem(context.filename, { specifier: node.source.value, isType });
      if (message) context.report({ message, node: node.source });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      // `typeof import('./a.ts')` in a type.
      TSImportType: (/** @type {ImportNode} */ node) => check({ ...node, importKind: 'type' }),
    };
  },
};

export default { meta: { name: 'parley' }, rules: { 'import-table': rule } };

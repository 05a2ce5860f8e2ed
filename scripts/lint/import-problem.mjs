// Applies the import table to one import of one file.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { AT_RUN_TIME, BEFORE_INSTALLATION, LAYERS, PARTS, RESERVED, WORKSPACES } from './import-table.mjs';

// A test lints a project of its own with these rules and names its folder here.
const ROOT = process.env.PARLEY_LINT_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const CALL = 'ui/src/call';
/** What runs beside Next on its server, and the files of Next's server that may load it: nothing of it may reach a browser. */
const SERVER = 'ui/src/server';
const SERVER_ENTRANCES = ['ui/src/instrumentation.ts', 'ui/src/proxy.ts'];
const VIEW_PACKAGES = /^(react|react-dom|next|next-intl|use-intl|radix-ui|lucide-react)(\/|$)/;

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
  const path = pathInRepository(file, root);
  const workspace = workspaceOf(path);
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
  const given = { path, specifier, isType, root };
  return workspace ? packageProblem(workspace, given) : partPackageProblem(given);
}

/**
 * Says that the table does not know the folder of a file, or nothing if it does. A file directly in the repository's folder may import
 * packages only.
 *
 * @param {string} file Absolute, or relative to the repository.
 * @param {string} [root]
 * @returns {string | undefined}
 */
export function placeProblem(file, root = ROOT) {
  const path = pathInRepository(file, root);
  const isKnown = !path.includes('/') || workspaceOf(path) !== undefined || partOf(path) !== undefined;
  return isKnown ? undefined : `${dirname(path)} has no entry in the import table (PARTS in scripts/lint).`;
}

/**
 * @param {string} file
 * @param {string} root
 */
function pathInRepository(file, root) {
  return relative(root, resolve(root, file)).split(sep).join('/');
}

/** @param {string} path */
function workspaceOf(path) {
  return Object.keys(WORKSPACES).find((name) => path.startsWith(`${name}/`));
}

/** @param {string} path */
function partOf(path) {
  const names = Object.keys(PARTS).filter((name) => path === name || path.startsWith(`${name}/`));
  const longest = names.toSorted((one, other) => other.length - one.length)[0];
  return longest === undefined ? undefined : PARTS[longest];
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
  if (!workspace) return partProblem(path, target) ?? layerProblem(path, target);
  if (target.startsWith(`${SERVER}/`) && isSource(path) && !mayUseServer(path))
    return `Only ${SERVER_ENTRANCES.join(' and ')} may import what runs on the server.`;
  if (isSource(path) && target.includes('/test/')) return 'Sources may not import tests.';
  if (path.startsWith(`${CALL}/`) && !isType && /^ui\/src\/(app|components)\/|\.tsx$/.test(target)) {
    return `${CALL} knows no React components.`;
  }
  return layerProblem(path, target);
}

/**
 * @param {string} path
 * @param {string} target
 */
function partProblem(path, target) {
  const folders = partOf(path)?.folders ?? [];
  if (folders.some((folder) => target.startsWith(`${folder}/`))) return undefined;
  return `${dirname(path)} may not import ${target}: it may import from ${folders.join(', ') || 'no folder'}.`;
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
  return SERVER_ENTRANCES.includes(path) || path.startsWith(`${SERVER}/`);
}

/** @param {string} specifier */
function browserProblem(specifier) {
  return `"${specifier}" does not exist in a browser.`;
}

/** @typedef {Import & { path: string, root: string }} PackageImport */

/**
 * @param {string} workspace
 * @param {PackageImport} given
 */
function packageProblem(workspace, { path, specifier, isType, root }) {
  const name = packageName(specifier);
  if (isSource(path) && specifier === '@parley/common/testing' && !path.includes('/testing/')) {
    return 'Only tests may import "@parley/common/testing".';
  }
  const own = readManifest(join(root, workspace));
  if (name === own.name) return undefined;
  if (name.startsWith('@parley/')) return ownPackageProblem(workspace, WORKSPACES[workspace], name);
  const allowed = { ...own.dependencies, ...own.peerDependencies };
  const isRuntime = isSource(path) && !isType && !path.includes('/testing/');
  const more = isRuntime ? {} : { ...own.devDependencies, ...readManifest(root).devDependencies };
  if (name in allowed || name in more || `@types/${name}` in more) return undefined;
  return `"${name}" is not a dependency in ${workspace}/package.json.`;
}

/** @param {PackageImport} given */
function partPackageProblem({ path, specifier, isType, root }) {
  const name = packageName(specifier);
  if (BEFORE_INSTALLATION.test(path))
    return isType
      ? undefined
      : `"${name}" is not there yet when ${path} runs: it uses Node's built-in modules alone.`;
  if (name.startsWith('@parley/')) return ownPackageProblem(dirname(path), partOf(path)?.packages, name);
  const { dependencies, devDependencies } = readManifest(root);
  const allowed = AT_RUN_TIME.test(path) && !isType ? dependencies : { ...dependencies, ...devDependencies };
  return name in allowed ? undefined : `"${name}" is not a dependency in package.json.`;
}

/**
 * @param {string} where
 * @param {readonly string[] | undefined} allowed
 * @param {string} name
 */
function ownPackageProblem(where, allowed, name) {
  return allowed?.includes(name) ? undefined : `${where} may not import "${name}" (docs/architecture.md).`;
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
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

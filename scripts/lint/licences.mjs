/** Licences that any package may have: they ask for a notice at most. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  '(MIT OR CC0-1.0)',
  'Apache-2.0 AND MIT',
];

/**
 * Packages with another licence, each with the reason why it may stay. `licence` is the text in the lock file; it is empty where the
 * package does not say it in the standard way.
 *
 * @type {readonly { packages: RegExp, licence: string, why: string }[]}
 */
const EXCEPTIONS = [
  {
    packages: /^@img\/sharp-(?:libvips-|wasm32$|win32-)/,
    licence: 'LGPL-3.0-or-later',
    why: 'libvips for Next.js, a library of its own that is loaded and not changed',
  },
  {
    packages: /^@img\/sharp-(?:wasm32$|win32-)/,
    licence: 'Apache-2.0 AND LGPL-3.0-or-later',
    why: 'sharp with libvips in it, not changed',
  },
  {
    packages: /^@img\/sharp-wasm32$/,
    licence: 'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
    why: 'sharp with libvips in it, not changed',
  },
  {
    packages: /^(?:@node-datachannel\/|node-datachannel$)/,
    licence: 'MPL 2.0',
    why: 'peers in tests and measurements, not changed and not shipped',
  },
  { packages: /^axe-core$/, licence: 'MPL-2.0', why: 'runs in tests, not changed and not shipped' },
  {
    packages: /^lightningcss(?:-|$)/,
    licence: 'MPL-2.0',
    why: 'compiles styles during a build, not changed and not shipped',
  },
  {
    packages: /^@fontsource-variable\/geist(?:-mono)?$/,
    licence: 'OFL-1.1',
    why: 'the typeface: free to serve and to embed, under its own name',
  },
  {
    packages: /^geist$/,
    licence: 'SIL OPEN FONT LICENSE',
    why: 'the typeface: free to serve and to embed, under its own name',
  },
  {
    packages: /^caniuse-lite$/,
    licence: 'CC-BY-4.0',
    why: 'data about browsers, read during a build',
  },
  {
    packages: /^xmlhttprequest-ssl$/,
    licence: '',
    why: 'its package.json says MIT in the old field "licenses", which npm does not copy',
  },
];

/**
 * What is wrong with the licences in a lock file: one line for each package that is neither allowed nor an exception.
 *
 * @param {Readonly<Record<string, { license?: string, link?: boolean }>>} packages The object `packages` of package-lock.json.
 * @returns {string[]}
 */
export function licenceProblems(packages) {
  return Object.entries(packages).flatMap(([path, { license: licence = '', link = false }]) => {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    // The workspaces are ours.
    if (name === undefined || link || ALLOWED.includes(licence)) return [];
    if (EXCEPTIONS.some((one) => one.licence === licence && one.packages.test(name))) return [];
    return [`${path} ${licence === '' ? 'names no licence' : `has the licence ${licence}`}`];
  });
}

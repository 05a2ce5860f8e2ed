// Which part of the project may import what, as data. scripts/lint/import-problem.mjs applies it.

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

const OURS = Object.keys(WORKSPACES).map((name) => `@parley/${name.replace(/^services\//, '')}`);

/**
 * The folders of code outside of the workspaces: from which folders each may import by path, and which of our own packages. The longest
 * name that fits a file holds. A file in a folder without an entry, here or above, fails.
 *
 * @type {Readonly<Record<string, { folders: readonly string[], packages: readonly string[] }>>}
 */
export const PARTS = {
  deploy: { folders: [], packages: [] },
  scripts: { folders: ['scripts'], packages: [] },
  // The generated documents come from the contract, and from the settings and metrics of every service.
  'scripts/docs': { folders: ['scripts'], packages: OURS },
  'scripts/generate-docs.mjs': { folders: ['scripts'], packages: OURS },
  // The edge counts clients as the services do, and what a service prints is hidden as in its log.
  'scripts/launcher': { folders: ['scripts'], packages: ['@parley/proto', '@parley/common'] },
  'scripts/doctor': { folders: ['scripts'], packages: ['@parley/proto', '@parley/common'] },
  'scripts/test': { folders: ['scripts', 'tests/harness'], packages: OURS },
  tests: { folders: ['tests', 'scripts/lib'], packages: ['@parley/proto', '@parley/common'] },
  'tests/harness': {
    // What browsers lack is data of lint.
    folders: ['tests/harness', 'scripts/lib', 'scripts/lint'],
    packages: ['@parley/proto', '@parley/common'],
  },
  attack: {
    folders: ['attack', 'tests/harness', 'scripts/lib'],
    packages: ['@parley/proto', '@parley/common'],
  },
  faults: {
    folders: ['faults', 'attack/frame', 'tests/harness', 'scripts/lib'],
    packages: ['@parley/proto', '@parley/common'],
  },
  bench: {
    // A benchmark installs what it compares with.
    folders: ['bench', 'tests/harness', 'scripts/lib', 'scripts/bootstrap'],
    packages: ['@parley/proto', '@parley/common'],
  },
};

/** What runs before the npm packages are installed, and therefore uses Node's built-in modules alone. */
export const BEFORE_INSTALLATION =
  /^scripts\/(?:(?:lib|bootstrap|compose)\/.*|start|stack|test|trial|bench|data|accounts|doctor|certificate|service-certificate|typecheck)\.mjs$/;

/** What runs for people who do not develop Parley: its packages are dependencies, not development dependencies. */
export const AT_RUN_TIME = /^scripts\/(?:lib|bootstrap|launcher|doctor)\//;

/**
 * Packages that only some folders may import, besides what the workspaces' package.json files say.
 *
 * @type {readonly { test: RegExp, folders: readonly string[], why: string }[]}
 */
export const RESERVED = [
  {
    test: /^mediasoup$/,
    // The benchmarks compare Parley with the least that mediasoup allows.
    folders: ['services/media', 'scripts/test', 'bench'],
    why: 'only the media service knows mediasoup',
  },
  {
    test: /^@parley\/proto\/(?:grpc|media-rpc|room-rpc)$/,
    folders: ['proto', 'services', 'scripts', 'tests', 'attack', 'bench'],
    why: 'browsers do not speak gRPC',
  },
];

/**
 * The order of the folders inside a folder. A file may import from its own folder and from those before it, never from those after it;
 * types count as well. A file that lies directly in the parent may import all of them, and none of them may import it, unless the file has a
 * place in the order itself. Every folder inside the parent has a place here.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const LAYERS = {
  scripts: [
    'lib',
    'lint',
    'dashboards',
    'docs',
    'bootstrap',
    'compose',
    'supply',
    'launcher',
    'doctor',
    'test',
  ],
  'scripts/launcher': [
    'base',
    'supervisor',
    'users',
    'services',
    'system',
    'start',
    'stack',
    'data',
    'accounts',
  ],
  'proto/src': ['base', 'rtp', 'room', 'requests', 'rest', 'grpc'],
  'services/gateway/src': ['base', 'rooms', 'files', 'accounts', 'reports', 'http', 'handlers'],
  'services/media/src': [
    'statistics',
    'network',
    'router',
    'layers',
    'pipe',
    'speakers',
    'link',
    'limits',
    'worker',
    'room',
    'node',
    'grpc',
  ],
  'ui/src': [
    'server',
    'call',
    'account',
    'layout',
    'arrangement',
    'rooms',
    'languages',
    'format',
    'browser',
    'selectors',
    'words',
    'hooks',
    'components',
    'app',
  ],
  'ui/src/call': [
    'base',
    'playback',
    'signaling',
    'screen',
    'devices',
    'tab',
    'send',
    'receive',
    'media',
    'telemetry',
    'economy',
    'state',
    'lobby',
    'check',
  ],
  'ui/src/components': [
    // What all pages are made of.
    'basics',
    'page',
    'account-parts',
    'lists',
    'room-settings',
    'devices',
    'hosts',
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
    'account-pages',
    'call-page',
    'check-page',
    'ended-pages',
    'landing-page',
    'operator-page',
    'prejoin-page',
    'door-page',
    'room-page',
    'rooms-pages',
  ],
  'services/logs/src': ['files', 'lines', 'search', 'login', 'http'],
};

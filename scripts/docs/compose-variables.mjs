import { code, table } from './markdown.mjs';

/** @typedef {Readonly<Record<string, import('zod').ZodType>>} Shape */

/**
 * The variables that docker-compose.yml sets itself, and what an operator sets instead, if anything. All others pass from `.env` to the
 * services of the same name.
 *
 * @type {readonly { names: readonly string[], instead: string }[]}
 */
const SET_BY_THE_FILE = [
  {
    names: [
      'GATEWAY_HOST',
      'GATEWAY_ADMIN_HOST',
      'SIGNALING_HOST',
      'SIGNALING_GRPC_HOST',
      'SIGNALING_ADMIN_HOST',
      'MEDIA_GRPC_HOST',
      'MEDIA_ADMIN_HOST',
      'MEDIA_RTC_LISTEN_IP',
      'UI_ADMIN_HOST',
      'LOGS_HOST',
      'LOGS_ADMIN_HOST',
    ],
    instead: 'a container listens on all its addresses, in networks that the file chooses',
  },
  {
    names: [
      'GATEWAY_PORT',
      'GATEWAY_ADMIN_PORT',
      'SIGNALING_PORT',
      'SIGNALING_GRPC_PORT',
      'SIGNALING_ADMIN_PORT',
      'UI_ADMIN_PORT',
      'LOGS_ADMIN_PORT',
    ],
    instead: 'ports inside of the containers, each with its default',
  },
  { names: ['LOGS_PORT'], instead: '9000 inside; `LOGS_PORT` in `.env` is the published port' },
  {
    names: ['MEDIA_GRPC_PORT', 'MEDIA_ADMIN_PORT', 'MEDIA_RTC_PORT_BASE', 'MEDIA_PIPE_PORTS'],
    instead:
      'each media container takes a slot of `MEDIA_PORT_FIRST` to `MEDIA_PORT_LAST`; ports for links between them are not published',
  },
  { names: ['MEDIA_RTC_ANNOUNCED_ADDRESSES'], instead: '`ANNOUNCED_ADDRESSES`' },
  { names: ['TURN_ADDRESSES'], instead: 'the coturn of the file, at `ANNOUNCED_ADDRESSES`' },
  {
    names: [
      'CONSUL_URL',
      'CONSUL_TLS_AUTHORITY',
      'CONSUL_TLS_NAME',
      'ADVERTISE_HOST',
      'MEDIA_PIPE_ADDRESS',
      'INSTANCE_ID',
      'SIGNALING_ADDRESSES',
      'MEDIA_ADDRESSES',
      'METRICS_TARGETS',
    ],
    instead: 'the services find each other in the Consul of the file',
  },
  {
    names: [
      'DATABASE_URL',
      'DATABASE_PASSWORD',
      'ACCOUNTS_DATABASE_URL',
      'DATABASE_TLS_AUTHORITY',
      'DATABASE_TLS_NAME',
      'REDIS_URL',
      'REDIS_TLS_AUTHORITY',
      'REDIS_TLS_NAME',
    ],
    instead:
      'the servers of the file, with `POSTGRES_PASSWORD`, `ACCOUNTS_DATABASE_PASSWORD` and `REDIS_PASSWORD`',
  },
  {
    names: [
      'INTERNAL_TLS_AUTHORITY',
      'INTERNAL_TLS_CERTIFICATE',
      'INTERNAL_TLS_KEY',
      'SIGNALING_GRPC_SECRET',
      'MEDIA_GRPC_SECRET',
    ],
    instead: 'the certificates that `npm run compose:env` makes in `.parley/tls`, in place of secrets',
  },
  {
    names: ['CONSUL_TOKEN'],
    instead: '`CONSUL_MEDIA_TOKEN`, `CONSUL_SIGNALING_TOKEN`, `CONSUL_GATEWAY_TOKEN` and `CONSUL_LOGS_TOKEN`',
  },
  { names: ['LOG_DIR'], instead: 'the volume `backend_logs`' },
  { names: ['MEDIASOUP_WORKER_BIN'], instead: 'the worker of the image; see `deploy/worker`' },
];

/** What the file asks for by `${NAME…}`, because the variable must be set, has another default there, or goes to several containers. */
const ASKED_FOR = [
  'JOIN_TOKEN_SECRET',
  'IDENTITY_KEY',
  'ACCOUNTS_DATABASE_PASSWORD',
  'TURN_SECRET',
  'LOGS_PASSWORD',
  'LOGS_SESSION_SECRET',
  'LOG_KEY',
  'REDIS_PASSWORD',
  'STUN_URLS',
  'TURN_PORT',
  'LOG_LEVEL',
  'MEDIA_WORKERS',
  'MEDIA_PROBE_PORT',
  'LOGS_TRUST_PROXY_HOPS',
  'EMBED_ORIGINS',
];

const BY_THE_FILE = new Set(SET_BY_THE_FILE.flatMap(({ names }) => names));

/**
 * Whether an operator sets the variable in `.env` by its own name.
 *
 * @param {string} name
 */
export function isSetInEnvFile(name) {
  return !BY_THE_FILE.has(name);
}

/**
 * The generated part of docker-compose.yml: the variables of each service that pass from `.env`. Compose leaves out those that `.env` does not
 * set.
 *
 * @param {readonly { name: string, shape: Shape }[]} services
 * @param {Shape} common
 */
export function composeSection(services, common) {
  const blocks = services.flatMap(({ name, shape }) => {
    const names = Object.keys(name === 'ui' ? shape : { ...common, ...shape });
    const passed = names.filter((each) => isSetInEnvFile(each) && !ASKED_FOR.includes(each));
    return passed.length > 0
      ? [`x-variables-${name}: &variables-${name}`, ...passed.map((each) => `  ${each}:`)]
      : [];
  });
  return blocks.join('\n');
}

/** The table of what docker-compose.yml sets itself. */
export function setByTheFile() {
  const rows = SET_BY_THE_FILE.map(({ names, instead }) => [names.map(code).join(', '), instead]);
  return table(['variable', 'what docker-compose.yml gives'], rows);
}

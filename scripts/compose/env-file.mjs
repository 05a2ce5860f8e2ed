import { randomBytes, randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { networkAddresses } from '../lib/own-addresses.mjs';

const SECRET_BYTES = 32;

/** @typedef {{ name: string, comment: string, value: () => string }} Setting */

/** The properties of this machine on which the settings depend. */
/** @typedef {{ addresses: readonly string[], cores: number, certificateGroup: number, keyGroup: number }} Machine */

// Each media worker takes one port, for UDP and TCP, and each media container runs one worker per core. The range
// is for two containers.
const PORT_FIRST = 40_000;
const PORTS_MIN = 16;
const PORTS_MAX = 101;

/** The accounts of Consul. New tokens take effect when Consul and all services are started again. */
const CONSUL_TOKENS = [
  {
    account: 'MANAGEMENT',
    comment: 'Tokens of Consul: for the accounts themselves, for each service, and for Consul.',
  },
  ...['MEDIA', 'SIGNALING', 'GATEWAY', 'LOGS', 'AGENT'].map((account) => ({ account, comment: '' })),
  { account: 'OPERATOR', comment: "For people: shows everything on Consul's page and changes nothing." },
];

/** @param {number} bytes */
const secret = (bytes) => () => randomBytes(bytes).toString('base64url');

/**
 * The likeliest IPv4 address of this machine in a network, and its first IPv6 address that is for the whole internet.
 *
 * @param {ReturnType<typeof networkInterfaces>} [interfaces]
 * @returns {string[]}
 */
export function addressesToAnnounce(interfaces = networkInterfaces()) {
  const [ipv4] = networkAddresses(interfaces);
  const ipv6 = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, address }) => family === 'IPv6' && /^[23]/.test(address))?.address;
  return [ipv4 ?? (ipv6 ? [] : '127.0.0.1'), ipv6 ?? []].flat();
}

/**
 * The settings that have no default in docker-compose.yml, or whose default depends on the machine.
 *
 * @param {Machine} machine
 * @returns {Setting[]}
 */
export function settings({ addresses, cores, certificateGroup, keyGroup }) {
  const ports = Math.min(PORTS_MAX, Math.max(PORTS_MIN, 2 * cores));
  return [
    {
      name: 'ANNOUNCED_ADDRESSES',
      comment:
        'The addresses and names that browsers send media to. Behind a NAT: the public address, and after a comma the private one for people inside.',
      value: () => addresses.join(','),
    },
    {
      name: 'MEDIA_PORT_FIRST',
      comment: 'The media ports, UDP and TCP; each media worker takes one. Open them in the firewall.',
      value: () => String(PORT_FIRST),
    },
    { name: 'MEDIA_PORT_LAST', comment: '', value: () => String(PORT_FIRST + ports - 1) },
    {
      name: 'CERTIFICATE_GROUP',
      comment: "The group that may read the certificate's key; nginx is in it.",
      value: () => String(certificateGroup),
    },
    {
      name: 'LOGS_PASSWORD',
      comment: 'The passwords of operators: for the log viewer, and for the user "admin" of Grafana.',
      value: secret(18),
    },
    { name: 'GRAFANA_PASSWORD', comment: '', value: secret(18) },
    {
      name: 'INTERNAL_TLS_GROUP',
      comment:
        "The group that may read the services' keys in .parley/tls; nobody has to be in it where root has made them.",
      value: () => String(keyGroup),
    },
    {
      name: 'JOIN_TOKEN_SECRET',
      comment: 'Secrets of the services. Nobody has to type them.',
      value: secret(SECRET_BYTES),
    },
    { name: 'IDENTITY_KEY', comment: '', value: secret(SECRET_BYTES) },
    { name: 'LOGS_SESSION_SECRET', comment: '', value: secret(SECRET_BYTES) },
    { name: 'LOG_KEY', comment: '', value: secret(SECRET_BYTES) },
    { name: 'TURN_SECRET', comment: '', value: secret(SECRET_BYTES) },
    { name: 'REDIS_PASSWORD', comment: '', value: secret(SECRET_BYTES) },
    {
      name: 'POSTGRES_PASSWORD',
      comment:
        'PostgreSQL stores this password when its volume is made. A later change here locks signaling out.',
      value: secret(SECRET_BYTES),
    },
    {
      name: 'ACCOUNTS_DATABASE_PASSWORD',
      comment:
        'The same for the gateway, which reaches the tables of accounts only. A change takes effect at the next start.',
      value: secret(SECRET_BYTES),
    },
    ...consulTokens(),
  ];
}

/** @returns {Setting[]} */
function consulTokens() {
  return CONSUL_TOKENS.map(({ account, comment }) => ({
    name: `CONSUL_${account}_TOKEN`,
    comment,
    value: () => randomUUID(),
  }));
}

/**
 * The values of an environment file as compose reads it.
 *
 * @param {string} text
 * @returns {Map<string, string>}
 */
export function readValues(text) {
  const lines = text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=[ \t]*(.*?)[ \t]*$/gm);
  return new Map([...lines].map(([, name, value]) => [name ?? '', valueOf(value ?? '')]));
}

/**
 * The value without its quotes, and without a comment behind it.
 *
 * @param {string} written
 */
function valueOf(written) {
  const [, , quoted] = /^(["'])(.*?)\1/.exec(written) ?? [];
  return quoted ?? written.replace(/(?:^|\s+)#.*$/, '');
}

/**
 * Adds the settings that are not in the text, or are there without a value, and changes nothing else of it.
 *
 * @param {string} text
 * @param {readonly Setting[]} wanted
 * @returns {{ text: string, added: string[] }}
 */
export function complete(text, wanted) {
  const present = readValues(text);
  const missing = wanted.filter(({ name }) => !present.get(name));
  const lines = missing.flatMap(({ name, comment, value }) => [
    ...(comment ? [`\n# ${comment}`] : []),
    `${name}=${value()}`,
  ]);
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  const added = missing.map(({ name }) => name);
  return { text: lines.length > 0 ? `${text}${gap}${lines.join('\n')}\n` : text, added };
}

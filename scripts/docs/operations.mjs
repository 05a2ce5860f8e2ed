import { discoveryShape } from '@parley/common/discovery';
import { logShape } from '@parley/common/logging';
import { gatewayConfigSchema } from '@parley/gateway/config';
import { logsConfigSchema } from '@parley/logs/config';
import { mediaConfigSchema } from '@parley/media/config';
import { configSchema as signalingConfigSchema } from '@parley/signaling/config';
import { uiConfigSchema } from '@parley/ui/config';
import { composeSection, setByTheFile } from './compose-variables.mjs';
import { code, table } from './markdown.mjs';

/** @typedef {{ name: string, shape: Readonly<Record<string, import('zod').ZodType>> }} Service */

/** @type {Service['shape']} */
const COMMON = { ...logShape, ...discoveryShape };

/** @type {readonly Service[]} */
const SERVICES = [
  { name: 'gateway', shape: gatewayConfigSchema.shape },
  { name: 'signaling', shape: signalingConfigSchema.shape },
  { name: 'media', shape: mediaConfigSchema.shape },
  { name: 'ui', shape: uiConfigSchema.shape },
  { name: 'logs', shape: logsConfigSchema.shape },
];

/** The purpose of each port. The schemas of the services give the defaults. */
const PORTS = [
  { variable: 'GATEWAY_PORT', what: 'REST', who: 'the edge' },
  {
    variable: 'GATEWAY_ADMIN_PORT',
    what: 'health, metrics, `/targets` for Prometheus',
    who: 'Prometheus, Consul',
  },
  { variable: 'SIGNALING_PORT', what: 'Socket.io', who: 'the edge' },
  { variable: 'SIGNALING_GRPC_PORT', what: 'gRPC', who: 'the gateway' },
  { variable: 'SIGNALING_ADMIN_PORT', what: 'health, metrics', who: 'Prometheus, Consul' },
  { variable: 'MEDIA_GRPC_PORT', what: 'gRPC', who: 'signaling, other media nodes' },
  { variable: 'MEDIA_ADMIN_PORT', what: 'health, metrics', who: 'Prometheus, Consul' },
  {
    variable: 'MEDIA_RTC_PORT_BASE',
    what: 'media, UDP and TCP, one more for each worker',
    who: '**everybody**',
  },
  {
    variable: 'MEDIA_PROBE_PORT',
    what: 'UDP, how far the region is; with REGION only',
    who: '**everybody**',
  },
  { variable: 'MEDIA_PIPE_PORTS', what: 'links to other media nodes, UDP', who: 'other media nodes' },
  { variable: 'UI_ADMIN_PORT', what: 'health, metrics', who: 'Prometheus' },
  { variable: 'LOGS_PORT', what: 'the log viewer', who: 'operators' },
  { variable: 'LOGS_ADMIN_PORT', what: 'health, metrics', who: 'Prometheus, Consul' },
];

/** Returns the generated part of docs/operations/variables.md: the ports and the variables of every service. */
export function operationsSection() {
  return [
    '## Ports of the services',
    '',
    'Only the media ports are for everybody; besides them the edge (80, 443) and, where there is one, the TURN server (3478) are public.',
    '',
    table(['service', 'variable', 'port', 'what', 'who connects'], PORTS.map(portRow)),
    '',
    '## Variables',
    '',
    'Read once at the start. A service that finds something wrong says everything that is wrong in one message and ends.',
    '',
    'For each variable, `NAME_FILE` may name a file that holds the value, as secrets of containers and of systemd are given. `npm start` takes `DATABASE_URL_FILE`, `TURN_SECRET_FILE` and `LOGS_PASSWORD_FILE`.',
    '',
    'In containers `.env` sets them, each by its name, for all services that have it, except these:',
    '',
    setByTheFile(),
    '',
    '### Every service but ui',
    '',
    variableTable(COMMON),
    ...SERVICES.flatMap(({ name, shape }) => ['', `### ${name}`, '', variableTable(ownPart(shape))]),
  ].join('\n');
}

/** Returns the generated part of docker-compose.yml. */
export function composeVariables() {
  return composeSection(SERVICES, COMMON);
}

/** @param {{ variable: string, what: string, who: string }} port */
function portRow({ variable, what, who }) {
  const service = SERVICES.find(({ shape }) => variable in shape);
  const schema = service?.shape[variable];
  if (!service || !schema) throw new Error(`no service has the variable ${variable}`);
  return [service.name, code(variable), shownDefault(schema), what, who];
}

/**
 * Leaves out the variables that every service has, except where the default of this service differs.
 *
 * @param {Service['shape']} shape
 */
function ownPart(shape) {
  const own = Object.entries(shape).filter(([name, schema]) => {
    const common = COMMON[name];
    return !common || shownDefault(schema) !== shownDefault(common);
  });
  return Object.fromEntries(own);
}

/** @param {Service['shape']} shape */
function variableTable(shape) {
  const rows = Object.entries(shape).map(([name, schema]) => [
    code(name),
    shownDefault(schema),
    schema.meta()?.description ?? '',
  ]);
  return table(['variable', 'default', ''], rows);
}

/** @param {import('zod').ZodType} schema */
function shownDefault(schema) {
  const words = schema.meta()?.shownDefault;
  if (typeof words === 'string') return words;
  const { success, data } = schema.safeParse(undefined);
  if (!success) return '**must be set**';
  if (data === undefined || (Array.isArray(data) && data.length === 0)) return '';
  return code(String(data));
}

/* Writes docs/protocol.md from the contract in proto/, and docs/operations/variables.md. `--check` fails when a page is not fresh. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  ERRORS,
  NOTIFICATIONS,
  PROTOCOL_VERSION,
  REQUESTS,
  ROUTER_MEDIA_CODECS,
  ROUTES,
  handshakeAuthSchema,
  joinTokenClaimsSchema,
} from '@parley/proto';
import { code, table } from './docs/markdown.mjs';
import { operationsSection } from './docs/operations.mjs';

const DOCS = path.resolve(import.meta.dirname, '../docs');

/** One JSON schema as a short TypeScript-like type. Deep parts are cut to their name, to keep a line readable. */
function shape(schema, depth = 0) {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf ?? schema.oneOf)
    return (schema.anyOf ?? schema.oneOf).map((part) => shape(part, depth)).join(' | ');
  if (schema.type === 'array') return arrayShape(schema, depth);
  if (schema.type === 'object') return objectShape(schema, depth);
  if (schema.type === 'string') return schema.maxLength ? `string(≤${schema.maxLength})` : 'string';
  if (schema.type === 'integer' && Math.abs(schema.maximum ?? Infinity) < 2 ** 32)
    return `int(${schema.minimum}–${schema.maximum})`;
  return schema.type ?? 'any';
}

function arrayShape(schema, depth) {
  const item = shape(schema.items, depth);
  const bound = schema.maxItems ? `≤${schema.maxItems}` : '';
  return `${item.includes(' | ') ? `(${item})` : item}[${bound}]`;
}

function objectShape(schema, depth) {
  if (!schema.properties) return 'object';
  const keys = Object.keys(schema.properties);
  if (keys.length === 0) return '{}';
  if (depth >= 2) return '{…}';
  const required = new Set(schema.required ?? []);
  const fields = keys.map(
    (key) => `${key}${required.has(key) ? '' : '?'}: ${shape(schema.properties[key], depth + 1)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

const render = (schema, io = 'input') => shape(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
function requestSections() {
  return Object.entries(REQUESTS).map(([name, contract]) =>
    [
      `### ${name}`,
      '',
      `Phase ${contract.phase}; permission ${contract.permission ?? 'none'}; at most ${contract.rate.burst} at once, ${contract.rate.perSecond} a second.`,
      '',
      `- request: ${code(render(contract.request))}`,
      `- data: ${code(render(contract.response, 'output'))}`,
    ].join('\n'),
  );
}

function introduction() {
  return [
    '# The protocol',
    '',
    'Generated from `proto/` by `npm run docs:generate`; a test checks that it is fresh. The gRPC contracts are the commented',
    'files `proto/parley/**/*.proto`. Shapes are cut below the second level; the schemas in `proto/src` are complete.',
    '',
    `Protocol version ${PROTOCOL_VERSION}. Unknown keys are refused everywhere. Sizes are bounded as shown; a Socket.io frame is at most 64 KiB.`,
  ];
}

function restSection() {
  const routes = Object.values(ROUTES).map((route) => [
    code(`${route.method} ${route.path}`),
    route.summary,
    route.body ? code(render(route.body)) : '',
    route.status === 204 ? '204' : `${route.status} ${code(render(route.response, 'output'))}`,
  ]);
  return [
    '## REST',
    '',
    table(['route', 'what for', 'body', 'answer'], routes),
    '',
    'An error is `{ "error": { "code", "message", "traceId"? } }` with the HTTP status of its code.',
  ];
}

function handshakeSection() {
  return [
    '## The handshake',
    '',
    `\`auth\` of the Socket.io handshake: ${code(render(handshakeAuthSchema))}. A refused one gets \`connect_error\` with the error body in \`data\`.`,
    '',
    `The join token is a JWT (HS256) with the claims ${code(render(joinTokenClaimsSchema, 'output'))}.`,
  ];
}

function requestSection() {
  return [
    '## Requests',
    '',
    'Socket.io events with an acknowledgement: `{ ok: true, data }` or `{ ok: false, error }`. Requests of one peer are handled in their order.',
    '',
    requestSections().join('\n\n'),
  ];
}

function notificationSection() {
  const rows = Object.entries(NOTIFICATIONS).map(([name, schema]) => [
    code(name),
    code(render(schema, 'output')),
  ]);
  return [
    '## Notifications',
    '',
    'A record comes whole, with its version: keep the one with the higher version. Queue what arrives before the snapshot.',
    '',
    table(['event', 'payload'], rows),
  ];
}

function codecSection() {
  const rows = ROUTER_MEDIA_CODECS.map(({ mimeType, clockRate, parameters = {} }) => [
    code(mimeType),
    clockRate,
    code(JSON.stringify(parameters)),
  ]);
  return [
    '## Codecs',
    '',
    'Every router has these, so a client loads its device before it joins (`ROUTER_RTP_CAPABILITIES`).',
    '',
    table(['codec', 'clock rate', 'parameters'], rows),
    '',
    'Opus carries in-band FEC, DTX and NACK. VP8 comes first because every browser encodes it in three simulcast layers; VP9 and AV1 give SVC',
    'where a client prefers it; the two H264 profiles (main, constrained baseline) are for hardware and Safari.',
  ];
}

function errorSection() {
  const rows = Object.entries(ERRORS).map(([name, { http, grpc, message, retryable }]) => [
    code(name),
    http,
    grpc,
    retryable ? 'yes' : 'no',
    message,
  ]);
  return ['## Error codes', '', table(['code', 'HTTP', 'gRPC', 'worth repeating', 'meaning'], rows)];
}

function protocol() {
  const sections = [
    introduction,
    restSection,
    handshakeSection,
    requestSection,
    notificationSection,
    codecSection,
    errorSection,
  ];
  return `${sections.map((section) => section().join('\n')).join('\n\n')}\n`;
}

const BEGIN = '<!-- generated from the configuration schemas by npm run docs:generate -->';
const END = '<!-- end of what is generated -->';

/** The page is written by hand but for what is between its two marks. */
function operations(page) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error('docs/operations/variables.md has lost the marks of its generated part');
  return `${page.slice(0, begin)}${BEGIN}\n\n${operationsSection()}\n\n${page.slice(end)}`;
}

const PAGES = { 'protocol.md': protocol, 'operations/variables.md': operations };

for (const [name, generate] of Object.entries(PAGES)) {
  const file = path.join(DOCS, name);
  const page = readFileSync(file, 'utf8');
  const fresh = generate(page);
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (page !== fresh) {
    console.error(`docs/${name} is not fresh. Run: npm run docs:generate`);
    process.exitCode = 1;
  }
}

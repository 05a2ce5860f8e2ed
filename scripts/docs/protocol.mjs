// The generated part of docs/protocol.md: routes, verbs, notifications, shapes, codecs and error codes, out of the contract in proto/.
import { z } from 'zod';
import {
  ERRORS,
  NOTIFICATIONS,
  PROTOCOL_VERSION,
  REQUESTS,
  ROUTER_MEDIA_CODECS,
  ROUTER_RTP_CAPABILITIES,
  ROUTES,
  chatMessageSchema,
  consumerIdSchema,
  consumerParametersSchema,
  dtlsParametersSchema,
  errorBodySchema,
  handshakeAuthSchema,
  iceCandidateSchema,
  iceParametersSchema,
  iceServerSchema,
  joinTokenClaimsSchema,
  messageIdSchema,
  peerIdSchema,
  peerRecordSchema,
  permissionSchema,
  preferredLayersSchema,
  producerIdSchema,
  producerRecordSchema,
  reactionSchema,
  roomCodeSchema,
  roomRecordSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  sourceSchema,
  traceIdSchema,
  transportIdSchema,
  transportParametersSchema,
} from '@parley/proto';
import { code, table } from './markdown.mjs';

/** Schemas that are printed once under their name, in the order of the document. */
const SHAPES = {
  Snapshot: REQUESTS['room:join'].response.shape.snapshot,
  RoomRecord: roomRecordSchema,
  PeerRecord: peerRecordSchema,
  ProducerRecord: producerRecordSchema,
  ChatMessage: chatMessageSchema,
  Transports: REQUESTS['room:join'].response.shape.transports,
  TransportParameters: transportParametersSchema,
  IceParameters: iceParametersSchema,
  IceCandidate: iceCandidateSchema,
  DtlsParameters: dtlsParametersSchema,
  IceServer: iceServerSchema,
  RtpCapabilities: rtpCapabilitiesSchema,
  RtpCodecCapability: rtpCapabilitiesSchema.shape.codecs.element,
  RtpHeaderExtension: rtpCapabilitiesSchema.shape.headerExtensions.element,
  RtpParameters: rtpParametersSchema,
  RtpCodecParameters: rtpParametersSchema.shape.codecs.element,
  RtpHeaderExtensionParameters: rtpParametersSchema.shape.headerExtensions.unwrap().element,
  RtpEncodingParameters: rtpParametersSchema.shape.encodings.unwrap().element,
  ConsumerParameters: consumerParametersSchema,
  PreferredLayers: preferredLayersSchema,
  ErrorBody: errorBodySchema,
  Source: sourceSchema,
  Permission: permissionSchema,
  Reaction: reactionSchema,
  RoomCode: roomCodeSchema,
  PeerId: peerIdSchema,
  TransportId: transportIdSchema,
  ProducerId: producerIdSchema,
  ConsumerId: consumerIdSchema,
  MessageId: messageIdSchema,
  TraceId: traceIdSchema,
};
const NAMES = z.registry();
for (const [id, schema] of Object.entries(SHAPES)) NAMES.add(schema, { id });

/** @param {import('zod').ZodType} schema @param {'input' | 'output'} io */
function toJson(schema, io) {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: NAMES });
  return json.$ref === undefined ? json : json.$defs[nameOf(json)];
}

function nameOf({ $ref }) {
  return $ref.split('/').at(-1);
}

/** One JSON schema as a short TypeScript-like type. A named shape stays its name. */
function shape(json) {
  if (json.$ref !== undefined) return nameOf(json);
  if (json.const !== undefined) return JSON.stringify(json.const);
  if (json.enum) return json.enum.map((value) => JSON.stringify(value)).join(' | ');
  const parts = json.anyOf ?? json.oneOf ?? json.allOf;
  if (parts) return parts.map(shape).join(' | ');
  if (json.type === 'array') return arrayShape(json);
  if (json.type === 'object') return objectShape(json);
  if (json.type === 'string') return json.maxLength ? `string(≤${json.maxLength})` : 'string';
  if (json.type === 'integer' && Math.abs(json.maximum ?? Infinity) <= 2 ** 32)
    return `int(${json.minimum}–${json.maximum})`;
  return json.type ?? 'any';
}

function arrayShape(json) {
  const item = shape(json.items);
  const bound = json.maxItems ? `≤${json.maxItems}` : '';
  return `${item.includes(' | ') ? `(${item})` : item}[${bound}]`;
}

function objectShape(json) {
  if (!json.properties) return 'object';
  const fields = fieldsOf(json).map(({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${type}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function fieldsOf(json) {
  const required = new Set(json.required ?? []);
  return Object.entries(json.properties).map(([name, field]) => ({
    name,
    optional: !required.has(name),
    type: shape(field),
    meaning: field.description ?? '',
  }));
}

const render = (schema, io = 'input') => {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: NAMES });
  return shape(json);
};

function shapeSection() {
  return Object.entries(SHAPES).flatMap(([name, schema]) => {
    const json = toJson(schema, 'output');
    const says = schema.meta()?.description;
    const head = [`### ${name}`, '', ...(says ? [says, ''] : [])];
    if (json.type !== 'object' || !json.properties) {
      const pattern = json.pattern ? `, matching ${code(json.pattern)}` : '';
      return [...head, `${code(shape(json))}${pattern}`, ''];
    }
    const rows = fieldsOf(json).map(({ name: field, optional, type }) => [
      code(optional ? `${field}?` : field),
      code(type),
      fieldMeaning(schema, field),
    ]);
    return [...head, table(['field', 'type', ''], rows), ''];
  });
}

/** The description stands on the field's schema, inside of `optional()` and `nullable()` as well. */
function fieldMeaning(schema, field) {
  let part = schema.shape?.[field];
  while (part) {
    const { description } = part.meta() ?? {};
    if (description) return description;
    part = part.unwrap?.();
  }
  return '';
}

function requestSection() {
  return Object.entries(REQUESTS).flatMap(([name, contract]) => [
    `### ${name}`,
    '',
    ...(contract.description ? [contract.description, ''] : []),
    `Phase ${contract.phase}; permission ${permissionOf(contract)}; at most ${contract.rate.burst} at once, ${contract.rate.perSecond} a second.`,
    '',
    `- request: ${code(render(contract.request))}`,
    `- data: ${code(render(contract.response, 'output'))}`,
    '',
  ]);
}

/** A permission is one word, or a table from the source to its word. */
function permissionOf({ permission }) {
  if (permission === null || permission === undefined) return 'none';
  if (typeof permission === 'string') return code(permission);
  const table_ = permission.bySource ?? permission;
  return Object.entries(table_)
    .map(([source, word]) => `${code(word)} for ${code(source)}`)
    .join(', ');
}

function notificationSection() {
  const rows = Object.entries(NOTIFICATIONS).map(([name, entry]) => {
    const schema = entry.payload ?? entry;
    const says = entry.description ?? schema.meta?.()?.description ?? '';
    return [code(name), code(render(schema, 'output')), says];
  });
  return [table(['event', 'payload', ''], rows)];
}

function restSection() {
  const routes = Object.values(ROUTES).map((route) => [
    code(`${route.method} ${route.path}`),
    route.description,
    rateInWords(route.rate),
    route.body ? code(render(route.body)) : '',
    route.status === 204 ? '204' : `${route.status} ${code(render(route.response, 'output'))}`,
  ]);
  return [
    'Rates count for each address (IPv6: each /64), times `RATE_LIMIT_FACTOR`. Beyond them the answer is 429 `rate_limited` with `Retry-After`.',
    '',
    table(['route', 'purpose', 'at most', 'body', 'answer'], routes),
  ];
}

/** @param {import('@parley/proto').RouteRate | null} rate */
function rateInWords(rate) {
  if (rate === null) return 'any number';
  const inWords = ({ burst, perSecond }) => `${burst} at once, ${perSecond} a second`;
  return `${inWords(rate.perClient)}${rate.total ? `; of all clients ${inWords(rate.total)}` : ''}`;
}

function handshakeSection() {
  return [
    `\`auth\` of the Socket.io handshake: ${code(render(handshakeAuthSchema))}.`,
    '',
    `The join token is a JWT (HS256) with the claims ${code(render(joinTokenClaimsSchema, 'output'))}. Clients pass it on and need not read it.`,
  ];
}

function codecSection() {
  const codecs = ROUTER_MEDIA_CODECS.map(({ mimeType, clockRate, parameters = {} }) => {
    const used = ROUTER_RTP_CAPABILITIES.codecs.find(
      (codec) =>
        codec.mimeType === mimeType &&
        Object.entries(parameters).every(([key, value]) => codec.parameters?.[key] === value),
    );
    return [code(mimeType), clockRate, used?.preferredPayloadType ?? '', code(JSON.stringify(parameters))];
  });
  const extensions = ROUTER_RTP_CAPABILITIES.headerExtensions.map((extension) => [
    extension.kind,
    code(extension.uri),
    extension.preferredId,
    extension.direction ?? 'sendrecv',
  ]);
  return [
    table(['codec', 'clock rate', 'payload type', 'parameters'], codecs),
    '',
    'Opus carries in-band FEC, DTX and NACK. VP8 comes first because every browser encodes it in three simulcast layers; VP9 and AV1 give SVC',
    'where a client prefers it; the two H264 profiles (main, constrained baseline) are for hardware and Safari.',
    '',
    table(['kind', 'header extension', 'id', 'direction'], extensions),
  ];
}

function errorSection() {
  const rows = Object.entries(ERRORS).map(([name, { http, grpc, description, retryable }]) => [
    code(name),
    http,
    grpc,
    retryable ? 'yes' : 'no',
    description,
  ]);
  return [table(['code', 'HTTP', 'gRPC', 'worth repeating', 'meaning'], rows)];
}

const SECTIONS = {
  REST: restSection,
  'The handshake': handshakeSection,
  Requests: requestSection,
  Notifications: notificationSection,
  Shapes: shapeSection,
  Codecs: codecSection,
  'Error codes': errorSection,
};

/** @returns {string} */
export function protocolSection() {
  const chapters = Object.entries(SECTIONS).map(([title, lines]) =>
    [`## ${title}`, '', ...lines()].join('\n').trimEnd(),
  );
  return [`Protocol version ${PROTOCOL_VERSION}.`, ...chapters].join('\n\n');
}

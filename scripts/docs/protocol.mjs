import { z } from 'zod';
import { errorBodySchema } from '@parley/proto/error-body';
import { ERRORS } from '@parley/proto/errors';
import {
  consumerIdSchema,
  messageIdSchema,
  peerIdSchema,
  producerIdSchema,
  roomCodeSchema,
  traceIdSchema,
  transportIdSchema,
} from '@parley/proto/ids';
import {
  NOTIFICATIONS,
  PERMISSION_WORDS,
  PROTOCOL_VERSION,
  REQUESTS,
  ROLE_PERMISSIONS,
  VERB_RULES,
  handshakeAuthSchema,
  permissionSchema,
  roomUseOf,
} from '@parley/proto/requests';
import { ROUTES, joinTokenClaimsSchema } from '@parley/proto/rest';
import {
  chatMessageSchema,
  peerRecordSchema,
  producerRecordSchema,
  reactionSchema,
  roleSchema,
  roomRecordSchema,
  roomSettingsSchema,
} from '@parley/proto/room';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import {
  ROUTER_MEDIA_CODECS,
  consumerParametersSchema,
  dtlsParametersSchema,
  iceCandidateSchema,
  iceParametersSchema,
  iceServerSchema,
  preferredLayersSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  sourceSchema,
  transportParametersSchema,
} from '@parley/proto/rtp';
import { code, table } from './markdown.mjs';

/** @typedef {import('@parley/proto/requests').RequestName} RequestName */
/** @typedef {import('@parley/proto/rest').RouteRate} RouteRate */
/** @typedef {import('@parley/proto/requests').VerbRule} VerbRule */

/**
 * The part of JSON Schema that Zod writes for the contract.
 *
 * @typedef {object} JsonSchema
 * @property {string} [$ref]
 * @property {Record<string, JsonSchema>} [$defs]
 * @property {unknown} [const]
 * @property {unknown[]} [enum]
 * @property {JsonSchema[]} [anyOf]
 * @property {JsonSchema[]} [oneOf]
 * @property {JsonSchema[]} [allOf]
 * @property {string} [type]
 * @property {JsonSchema} [items]
 * @property {Record<string, JsonSchema>} [properties]
 * @property {string[]} [required]
 * @property {number} [maxItems]
 * @property {number} [maxLength]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {string} [pattern]
 */

/** The schemas that the document prints once, in its order. Elsewhere it prints their names. */
const SHAPES = {
  Snapshot: REQUESTS['room:join'].response.shape.snapshot,
  RoomRecord: roomRecordSchema,
  RoomSettings: roomSettingsSchema,
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
  Role: roleSchema,
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

/** @type {z.core.$ZodRegistry<{ id: string }>} */
const NAMES = z.registry();
for (const [id, schema] of Object.entries(SHAPES)) NAMES.add(schema, { id });

/**
 * @param {z.ZodType} schema
 * @param {'input' | 'output'} io
 * @returns {JsonSchema}
 */
function toJson(schema, io) {
  return /** @type {JsonSchema} */ (z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: NAMES }));
}

/** @param {string} ref */
function nameOf(ref) {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/**
 * Zod writes a schema that has a name as a reference to its definition.
 *
 * @param {JsonSchema} json
 */
function definitionOf(json) {
  if (json.$ref === undefined) return json;
  const definition = json.$defs?.[nameOf(json.$ref)];
  if (!definition) throw new Error(`no definition of ${json.$ref}`);
  return definition;
}

/**
 * Writes a JSON schema as a short type in the manner of TypeScript. A schema that has a name is written as the name.
 *
 * @param {JsonSchema} json
 * @returns {string}
 */
function shape(json) {
  if (json.$ref !== undefined) return nameOf(json.$ref);
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

/** @param {JsonSchema} json */
function arrayShape({ items = {}, maxItems }) {
  const item = shape(items);
  const bound = maxItems ? `≤${maxItems}` : '';
  return `${item.includes(' | ') ? `(${item})` : item}[${bound}]`;
}

/** @param {JsonSchema} json */
function objectShape({ properties, required }) {
  if (!properties) return 'object';
  const fields = fieldsOf(properties, required).map(({ name, type }) => `${name}: ${type}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/**
 * @param {Record<string, JsonSchema>} properties
 * @param {readonly string[]} [required]
 */
function fieldsOf(properties, required = []) {
  return Object.entries(properties).map(([key, field]) => ({
    key,
    name: required.includes(key) ? key : `${key}?`,
    type: shape(field),
  }));
}

/** @param {z.ZodType} schema */
const received = (schema) => code(shape(toJson(schema, 'input')));

/** @param {z.ZodType} schema */
const sent = (schema) => code(shape(toJson(schema, 'output')));

function shapeSection() {
  return Object.entries(SHAPES).flatMap(([name, schema]) => {
    const json = definitionOf(toJson(schema, 'output'));
    const head = [`### ${name}`, '', ...(schema.description ? [schema.description, ''] : [])];
    if (!json.properties) {
      const pattern = json.pattern ? `, matching ${code(json.pattern)}` : '';
      return [...head, `${code(shape(json))}${pattern}`, ''];
    }
    /** @type {Readonly<Record<string, unknown>>} */
    const fields = schema instanceof z.ZodObject ? schema.shape : {};
    const rows = fieldsOf(json.properties, json.required).map((field) => [
      code(field.name),
      code(field.type),
      descriptionOf(fields[field.key]),
    ]);
    return [...head, table(['field', 'type', ''], rows), ''];
  });
}

/**
 * Returns the description of a field's schema, or that of the schema which it makes optional or nullable.
 *
 * @param {unknown} schema
 * @returns {string}
 */
function descriptionOf(schema) {
  if (schema instanceof z.ZodType && schema.description) return schema.description;
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return isWrapped ? descriptionOf(schema.unwrap()) : '';
}

function requestSection() {
  return Object.entries(REQUESTS).flatMap(([name, contract]) => [
    `### ${name}`,
    '',
    contract.description,
    '',
    `Phase ${contract.phase}; permission ${permissionOf(name)}; at most ${contract.rate.burst} at once, ${contract.rate.perSecond} a second${roomUseInWords(name)}.`,
    '',
    `- request: ${received(contract.request)}`,
    `- data: ${sent(contract.response)}`,
    '',
  ]);
}

/** @param {string} name */
function roomUseInWords(name) {
  const use = roomUseOf(/** @type {RequestName} */ (name));
  return use === null ? '' : `; for the whole room it counts as ${code(use)}`;
}

/** @param {string} name */
function permissionOf(name) {
  /** @type {VerbRule} */
  const rule = VERB_RULES[/** @type {RequestName} */ (name)];
  if (rule === null) return 'none';
  if (typeof rule === 'string') return code(rule);
  return Object.entries(rule.bySource)
    .map(([source, word]) => `${code(word)} for ${code(source)}`)
    .join(', ');
}

/** What each permission allows, and the roles that have it. */
function permissionSection() {
  const rows = permissionSchema.options.map((permission) => [
    code(permission),
    PERMISSION_WORDS[permission],
    ...roleSchema.options.map((role) => (ROLE_PERMISSIONS[role].includes(permission) ? 'yes' : '')),
  ]);
  return [table(['permission', 'allows', ...roleSchema.options], rows)];
}

function notificationSection() {
  const rows = Object.entries(NOTIFICATIONS).map(([name, schema]) => [
    code(name),
    sent(schema),
    schema.description ?? '',
  ]);
  return [table(['event', 'payload', ''], rows)];
}

function restSection() {
  const routes = Object.values(ROUTES).map((route) => [
    code(`${route.method} ${route.path}`),
    route.description,
    rateInWords(route.rate),
    'body' in route ? received(route.body) : '',
    route.status === 204 ? '204' : `${route.status} ${sent(route.response)}`,
  ]);
  return [
    'Rates count for each address (IPv6: each /64), times `RATE_LIMIT_FACTOR`. Beyond them the answer is 429 `rate_limited` with `Retry-After`.',
    '',
    table(['route', 'purpose', 'at most', 'body', 'answer'], routes),
  ];
}

/** @param {RouteRate | null} rate */
function rateInWords(rate) {
  if (rate === null) return 'any number';
  /** @param {RouteRate['perClient']} bucket */
  const inWords = ({ burst, perSecond }) => `${burst} at once, ${perSecond} a second`;
  return `${inWords(rate.perClient)}${rate.total ? `; of all clients ${inWords(rate.total)}` : ''}`;
}

function handshakeSection() {
  return [
    `\`auth\` of the Socket.io handshake: ${received(handshakeAuthSchema)}.`,
    '',
    `The join token is a JWT (HS256) with the claims ${sent(joinTokenClaimsSchema)}. Clients pass it on and need not read it.`,
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
  'Roles and permissions': permissionSection,
  Requests: requestSection,
  Notifications: notificationSection,
  Shapes: shapeSection,
  Codecs: codecSection,
  'Error codes': errorSection,
};

/** Returns the generated part of docs/protocol.md. */
export function protocolSection() {
  const chapters = Object.entries(SECTIONS).map(([title, lines]) =>
    [`## ${title}`, '', ...lines()].join('\n').trimEnd(),
  );
  return [`Protocol version ${PROTOCOL_VERSION}.`, ...chapters].join('\n\n');
}

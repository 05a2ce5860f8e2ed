import type { z } from 'zod';
import { ParleyError } from '../base/errors.ts';
import type { Source } from '../rtp/sources.ts';
import {
  dtlsParametersSchema,
  iceParametersSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportParametersSchema,
  type DtlsParameters,
  type IceCandidate,
  type IceParameters,
  type MediaKind,
  type RtpCapabilities,
  type RtpParameters,
  type TransportParameters,
} from '../rtp/rtp.ts';
import {
  consumerParametersSchema,
  preferredLayersSchema,
  type ConsumerParameters,
  type PreferredLayers,
} from '../rtp/consumers.ts';
import type * as media from './media-types.ts';
import type * as rtp from './rtp-types.ts';

/*
 * The same parameters in two forms: the zod types that browsers and mediasoup use, and the protobuf messages between
 * services. Every `from…` function parses with the schema and throws `invalid_request`, so that a service trusts the
 * message of another service no further than that of a client.
 */

type Parameters = Record<string, string | number | boolean>;

function parse<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success)
    throw new ParleyError('invalid_request', `Malformed ${what}.`, { cause: result.error });
  return result.data;
}

/** Leaves out keys whose value is undefined: strict schemas and protobuf want them absent. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

function toParameterMessage(value: string | number | boolean): rtp.ParameterValueInput {
  if (typeof value === 'string') return { text: value };
  return typeof value === 'number' ? { number: value } : { flag: value };
}

function toParameterMessages(parameters: Parameters = {}): Record<string, rtp.ParameterValueInput> {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, toParameterMessage(value)] as const),
  );
}

function fromParameterMessages(messages: Record<string, rtp.ParameterValue>): Parameters {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [key, value.text ?? value.number ?? value.flag ?? '']),
  );
}

const KIND_MESSAGES = { audio: 'MEDIA_KIND_AUDIO', video: 'MEDIA_KIND_VIDEO' } as const satisfies Record<
  MediaKind,
  rtp.MediaKind
>;

export function toMediaKindMessage(kind: MediaKind): 'MEDIA_KIND_AUDIO' | 'MEDIA_KIND_VIDEO' {
  return KIND_MESSAGES[kind];
}

export function fromMediaKindMessage(kind: rtp.MediaKind): MediaKind {
  if (kind === 'MEDIA_KIND_AUDIO') return 'audio';
  if (kind === 'MEDIA_KIND_VIDEO') return 'video';
  throw new ParleyError('invalid_request', 'Unspecified media kind.');
}

const SOURCE_MESSAGES = {
  microphone: 'SOURCE_MICROPHONE',
  camera: 'SOURCE_CAMERA',
  screen: 'SOURCE_SCREEN',
  'screen-audio': 'SOURCE_SCREEN_AUDIO',
} as const satisfies Record<Source, media.Source>;

export function toSourceMessage(source: Source): (typeof SOURCE_MESSAGES)[Source] {
  return SOURCE_MESSAGES[source];
}

export function fromSourceMessage(message: media.Source): Source {
  for (const [source, name] of Object.entries(SOURCE_MESSAGES)) if (name === message) return source as Source;
  throw new ParleyError('invalid_request', 'Unspecified source.');
}

export function toRtpCapabilitiesMessage(capabilities: RtpCapabilities): rtp.RtpCapabilitiesInput {
  return {
    codecs: capabilities.codecs.map((codec) => ({
      ...codec,
      kind: toMediaKindMessage(codec.kind),
      parameters: toParameterMessages(codec.parameters),
    })),
    headerExtensions: capabilities.headerExtensions.map((extension) => ({
      ...extension,
      kind: toMediaKindMessage(extension.kind),
    })),
  };
}

export function fromRtpCapabilitiesMessage(message: rtp.RtpCapabilities | null | undefined): RtpCapabilities {
  const plain = {
    codecs: (message?.codecs ?? []).map((codec) =>
      defined({
        kind: fromMediaKindMessage(codec.kind),
        mimeType: codec.mimeType,
        preferredPayloadType: codec.preferredPayloadType,
        clockRate: codec.clockRate,
        channels: codec.channels,
        parameters: fromParameterMessages(codec.parameters),
        rtcpFeedback: codec.rtcpFeedback,
      }),
    ),
    headerExtensions: (message?.headerExtensions ?? []).map((extension) => ({
      kind: fromMediaKindMessage(extension.kind),
      uri: extension.uri,
      preferredId: extension.preferredId,
      preferredEncrypt: extension.preferredEncrypt,
      direction: extension.direction || 'sendrecv',
    })),
  };
  return parse(rtpCapabilitiesSchema, plain, 'RTP capabilities');
}

export function toRtpParametersMessage(parameters: RtpParameters): rtp.RtpParametersInput {
  return {
    ...parameters,
    codecs: parameters.codecs.map((codec) => ({
      ...codec,
      parameters: toParameterMessages(codec.parameters),
    })),
    headerExtensions: (parameters.headerExtensions ?? []).map((extension) => ({
      ...extension,
      parameters: toParameterMessages(extension.parameters),
    })),
    encodings: (parameters.encodings ?? []).map(({ rtx, ...encoding }) =>
      rtx ? { ...encoding, rtxSsrc: rtx.ssrc } : encoding,
    ),
  };
}

function fromEncodingMessage(message: rtp.RtpEncodingParameters) {
  return defined({
    ssrc: message.ssrc,
    rid: message.rid,
    codecPayloadType: message.codecPayloadType,
    rtx: message.rtxSsrc === undefined ? undefined : { ssrc: message.rtxSsrc },
    dtx: message.dtx,
    scalabilityMode: message.scalabilityMode,
    maxBitrate: message.maxBitrate,
  });
}

export function fromRtpParametersMessage(message: rtp.RtpParameters | null | undefined): RtpParameters {
  const plain = {
    mid: message?.mid,
    msid: message?.msid,
    codecs: (message?.codecs ?? []).map((codec) =>
      defined({
        mimeType: codec.mimeType,
        payloadType: codec.payloadType,
        clockRate: codec.clockRate,
        channels: codec.channels,
        parameters: fromParameterMessages(codec.parameters),
        rtcpFeedback: codec.rtcpFeedback,
      }),
    ),
    headerExtensions: (message?.headerExtensions ?? []).map((extension) => ({
      uri: extension.uri,
      id: extension.id,
      encrypt: extension.encrypt,
      parameters: fromParameterMessages(extension.parameters),
    })),
    encodings: message?.encodings.length ? message.encodings.map(fromEncodingMessage) : undefined,
    rtcp: message?.rtcp
      ? defined({ cname: message.rtcp.cname, reducedSize: message.rtcp.reducedSize })
      : undefined,
  };
  return parse(rtpParametersSchema, defined(plain), 'RTP parameters');
}

export function toDtlsParametersMessage(parameters: DtlsParameters): rtp.DtlsParametersInput {
  return { role: parameters.role ?? 'auto', fingerprints: parameters.fingerprints };
}

export function fromDtlsParametersMessage(message: rtp.DtlsParameters | null | undefined): DtlsParameters {
  const plain = { role: message?.role || 'auto', fingerprints: message?.fingerprints ?? [] };
  return parse(dtlsParametersSchema, plain, 'DTLS parameters');
}

export function toIceParametersMessage(parameters: IceParameters): rtp.IceParametersInput {
  return { ...parameters };
}

export function fromIceParametersMessage(message: rtp.IceParameters | null | undefined): IceParameters {
  return parse(iceParametersSchema, message, 'ICE parameters');
}

export function toIceCandidateMessage(candidate: IceCandidate): rtp.IceCandidateInput {
  return { ...candidate };
}

function fromIceCandidateMessage(message: rtp.IceCandidate) {
  const { foundation, priority, address, protocol, port, type, tcpType } = message;
  return defined({ foundation, priority, address, protocol, port, type, tcpType });
}

export function toTransportParametersMessage(
  parameters: TransportParameters,
): media.TransportParametersInput {
  return {
    transportId: parameters.transportId,
    iceParameters: toIceParametersMessage(parameters.iceParameters),
    iceCandidates: parameters.iceCandidates.map(toIceCandidateMessage),
    dtlsParameters: toDtlsParametersMessage(parameters.dtlsParameters),
  };
}

export function fromTransportParametersMessage(
  message: media.TransportParameters | null | undefined,
): TransportParameters {
  const plain = {
    transportId: message?.transportId,
    iceParameters: message?.iceParameters,
    iceCandidates: message?.iceCandidates.map(fromIceCandidateMessage),
    dtlsParameters: message?.dtlsParameters,
  };
  return parse(transportParametersSchema, plain, 'transport parameters');
}

export function toPreferredLayersMessage(layers: PreferredLayers): media.PreferredLayersInput {
  return { ...layers };
}

export function fromPreferredLayersMessage(
  message: media.PreferredLayers | null | undefined,
): PreferredLayers | undefined {
  if (!message) return undefined;
  const plain = defined({ spatialLayer: message.spatialLayer, temporalLayer: message.temporalLayer });
  return parse(preferredLayersSchema, plain, 'preferred layers');
}

const CONSUMER_TYPES = {
  simple: 'CONSUMER_TYPE_SIMPLE',
  simulcast: 'CONSUMER_TYPE_SIMULCAST',
  svc: 'CONSUMER_TYPE_SVC',
} as const satisfies Record<ConsumerParameters['type'], media.ConsumerType>;

export function toConsumerParametersMessage(consumer: ConsumerParameters): media.ConsumerParametersInput {
  return {
    consumerId: consumer.consumerId,
    producerId: consumer.producerId,
    producerPeerId: consumer.peerId,
    source: toSourceMessage(consumer.source),
    kind: toMediaKindMessage(consumer.kind),
    type: CONSUMER_TYPES[consumer.type],
    rtpParameters: toRtpParametersMessage(consumer.rtpParameters),
    producerPaused: consumer.producerPaused,
    paused: consumer.paused,
  };
}

export function fromConsumerParametersMessage(message: media.ConsumerParameters): ConsumerParameters {
  const plain = {
    consumerId: message.consumerId,
    producerId: message.producerId,
    peerId: message.producerPeerId,
    source: fromSourceMessage(message.source),
    kind: fromMediaKindMessage(message.kind),
    type: Object.entries(CONSUMER_TYPES).find(([, name]) => name === message.type)?.[0],
    rtpParameters: fromRtpParametersMessage(message.rtpParameters),
    producerPaused: message.producerPaused,
    paused: message.paused,
  };
  return parse(consumerParametersSchema, plain, 'consumer parameters');
}

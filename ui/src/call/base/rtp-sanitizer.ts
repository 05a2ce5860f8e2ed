import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import type { RtpCapabilities, RtpParameters } from '@parley/proto/rtp';
import type { types } from 'mediasoup-client';

/*
 * The server refuses requests with unknown keys, and mediasoup-client adds keys of its own (active,
 * scaleResolutionDownBy, mux, ...). The `sanitize` functions keep only the keys that the contract names.
 */

type Parameters = Record<string, string | number | boolean>;

const KNOWN_URIS: ReadonlySet<string> = new Set(
  ROUTER_RTP_CAPABILITIES.headerExtensions.map((extension) => extension.uri),
);

/**
 * The cast is needed because the type of mediasoup-client lacks one header extension that the router offers. At run
 * time mediasoup-client treats the name of each extension as plain text.
 */
export function toClientParameters(parameters: RtpParameters): types.RtpParameters {
  return parameters as types.RtpParameters;
}

export function toClientCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return capabilities as types.RtpCapabilities;
}

export function sanitizeRtpParameters(parameters: types.RtpParameters): RtpParameters {
  return compact({
    mid: parameters.mid,
    msid: parameters.msid,
    codecs: parameters.codecs.map((codec) =>
      compact({
        mimeType: codec.mimeType,
        payloadType: codec.payloadType,
        clockRate: codec.clockRate,
        channels: codec.channels,
        parameters: plainParameters(codec.parameters),
        rtcpFeedback: codec.rtcpFeedback?.map(plainFeedback),
      }),
    ),
    headerExtensions: (parameters.headerExtensions ?? [])
      .filter((extension) => KNOWN_URIS.has(extension.uri))
      .map((extension) => compact({ uri: extension.uri, id: extension.id, encrypt: extension.encrypt })),
    encodings: (parameters.encodings ?? []).map((encoding) =>
      compact({
        ssrc: encoding.ssrc,
        rid: encoding.rid,
        codecPayloadType: encoding.codecPayloadType,
        rtx: encoding.rtx === undefined ? undefined : { ssrc: encoding.rtx.ssrc },
        dtx: encoding.dtx,
        scalabilityMode: encoding.scalabilityMode,
        maxBitrate: encoding.maxBitrate,
      }),
    ),
    rtcp: compact({ cname: parameters.rtcp?.cname, reducedSize: parameters.rtcp?.reducedSize }),
  });
}

export function sanitizeRtpCapabilities(capabilities: types.RtpCapabilities): RtpCapabilities {
  return {
    codecs: (capabilities.codecs ?? []).map((codec) =>
      compact({
        kind: codec.kind,
        mimeType: codec.mimeType,
        preferredPayloadType: codec.preferredPayloadType,
        clockRate: codec.clockRate,
        channels: codec.channels,
        parameters: plainParameters(codec.parameters),
        rtcpFeedback: codec.rtcpFeedback?.map(plainFeedback),
      }),
    ),
    headerExtensions: (capabilities.headerExtensions ?? [])
      .filter((extension) => KNOWN_URIS.has(extension.uri))
      .map((extension) =>
        compact({
          kind: extension.kind,
          uri: extension.uri,
          preferredId: extension.preferredId,
          preferredEncrypt: extension.preferredEncrypt,
          direction: extension.direction,
        }),
      ),
  };
}

function plainFeedback(feedback: types.RtcpFeedback): { type: string; parameter?: string } {
  return compact({ type: feedback.type, parameter: feedback.parameter });
}

function plainParameters(parameters: Record<string, unknown> | undefined): Parameters {
  const plain: Parameters = {};
  for (const [key, value] of Object.entries(parameters ?? {})) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      plain[key] = value;
  }
  return plain;
}

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out the keys whose value is undefined, as JSON.stringify does. */
function compact<T extends object>(value: T): Compact<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Compact<T>;
}

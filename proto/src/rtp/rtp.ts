import { z } from 'zod';
import { transportIdSchema } from '../base/ids.ts';

/*
 * RTP, ICE and DTLS parameters as a browser sends them. Shapes and names are those of mediasoup and ORTC. Every list
 * and string is bounded, because the values come from strangers and end in a C++ process.
 */

export const mediaKindSchema = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof mediaKindSchema>;

const shortText = z.string().max(128);
const payloadType = z.int().min(0).max(127);
const ssrc = z.int().min(1).max(0xffffffff);
const extensionId = z.int().min(1).max(255);

const parameters = z
  .record(z.string().min(1).max(64), z.union([z.string().max(256), z.number(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 32, 'too many parameters');

/** The RTP header extensions that mediasoup supports. */
const headerExtensionUri = z.enum([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
]);

const mimeType = z.string().regex(/^(audio|video)\/[A-Za-z0-9.+-]{1,40}$/);

const rtcpFeedbackSchema = z.strictObject({ type: shortText.min(1), parameter: shortText.optional() });

const rtpCodecCapabilitySchema = z.strictObject({
  kind: mediaKindSchema,
  mimeType,
  preferredPayloadType: payloadType,
  clockRate: z.int().min(1).max(384_000),
  channels: z.int().min(1).max(8).optional(),
  parameters: parameters.optional(),
  rtcpFeedback: z.array(rtcpFeedbackSchema).max(16).optional(),
});

const rtpHeaderExtensionSchema = z.strictObject({
  kind: mediaKindSchema,
  uri: headerExtensionUri,
  preferredId: extensionId,
  preferredEncrypt: z.boolean().optional(),
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
});

export const rtpCapabilitiesSchema = z.strictObject({
  codecs: z.array(rtpCodecCapabilitySchema).max(64),
  headerExtensions: z.array(rtpHeaderExtensionSchema).max(64),
});
export type RtpCapabilities = z.infer<typeof rtpCapabilitiesSchema>;

const rtpCodecParametersSchema = z.strictObject({
  mimeType,
  payloadType,
  clockRate: z.int().min(1).max(384_000),
  channels: z.int().min(1).max(8).optional(),
  parameters: parameters.optional(),
  rtcpFeedback: z.array(rtcpFeedbackSchema).max(16).optional(),
});

const rtpHeaderExtensionParametersSchema = z.strictObject({
  uri: headerExtensionUri,
  id: extensionId,
  encrypt: z.boolean().optional(),
  parameters: parameters.optional(),
});

const rtpEncodingParametersSchema = z.strictObject({
  ssrc: ssrc.optional(),
  rid: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,16}$/)
    .optional(),
  codecPayloadType: payloadType.optional(),
  rtx: z.strictObject({ ssrc }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z
    .string()
    .regex(/^[LS][1-3]T[1-3](h|_KEY|_KEY_SHIFT)?$/)
    .optional(),
  maxBitrate: z.int().min(1).max(100_000_000).optional(),
});

const rtcpParametersSchema = z.strictObject({
  cname: z.string().max(256).optional(),
  reducedSize: z.boolean().optional(),
});

export const rtpParametersSchema = z.strictObject({
  mid: z.string().max(32).optional(),
  msid: z.string().max(256).optional(),
  codecs: z.array(rtpCodecParametersSchema).min(1).max(32),
  headerExtensions: z.array(rtpHeaderExtensionParametersSchema).max(32).optional(),
  encodings: z.array(rtpEncodingParametersSchema).min(1).max(4).optional(),
  rtcp: rtcpParametersSchema.optional(),
});
export type RtpParameters = z.infer<typeof rtpParametersSchema>;

export const iceParametersSchema = z.strictObject({
  usernameFragment: shortText.min(1),
  password: shortText.min(1),
  iceLite: z.boolean().optional(),
});
export type IceParameters = z.infer<typeof iceParametersSchema>;

export const iceCandidateSchema = z.strictObject({
  foundation: shortText,
  priority: z.int().min(0).max(0xffffffff),
  address: z.string().max(255),
  protocol: z.enum(['udp', 'tcp']),
  port: z.int().min(0).max(65_535),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['passive']).optional(),
});
export type IceCandidate = z.infer<typeof iceCandidateSchema>;

/** A fingerprint has one pair of hexadecimal digits for each byte of its hash, joined by colons. */
const FINGERPRINT_BYTES = {
  'sha-1': 20,
  'sha-224': 28,
  'sha-256': 32,
  'sha-384': 48,
  'sha-512': 64,
} as const;

const dtlsFingerprintSchema = z
  .strictObject({
    algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
    value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
  })
  .refine((print) => print.value.length === FINGERPRINT_BYTES[print.algorithm] * 3 - 1, 'wrong length');

export const dtlsParametersSchema = z.strictObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z.array(dtlsFingerprintSchema).min(1).max(8),
});
export type DtlsParameters = z.infer<typeof dtlsParametersSchema>;

export const transportParametersSchema = z.strictObject({
  transportId: transportIdSchema,
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(iceCandidateSchema).max(64),
  dtlsParameters: dtlsParametersSchema,
});
export type TransportParameters = z.infer<typeof transportParametersSchema>;

export const iceServerSchema = z.strictObject({
  urls: z.array(z.string().max(256)).min(1).max(8),
  username: z.string().max(256).optional(),
  credential: z.string().max(256).optional(),
});
export type IceServer = z.infer<typeof iceServerSchema>;

/** Why each: docs/protocol.md. Order is preference; the first video codec both sides have is used. */
export type MediaCodec = {
  kind: 'audio' | 'video';
  mimeType: string;
  clockRate: number;
  channels?: number;
  parameters?: Record<string, string | number>;
};

/**
 * The codecs of every router. The client's device is loaded with what mediasoup derives from them
 * (`ROUTER_RTP_CAPABILITIES`), so no round trip is spent on asking.
 */
export const ROUTER_MEDIA_CODECS: readonly MediaCodec[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '4d0032', 'level-asymmetry-allowed': 1 },
  },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/AV1', clockRate: 90_000 },
];

/**
 * What the router could take and clients are not offered.
 *
 * With abs-capture-time, mediasoup 3.27.1 aligns simulcast layers by that extension alone, which Chromium sends once in
 * several seconds and not for every layer. A consumer whose layer ended before is then left without a picture for good.
 * Without it, layers are aligned by their sender reports, which come every second.
 */
export const UNOFFERED_HEADER_EXTENSIONS: readonly string[] = [
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
];

/** A codec as mediasoup's router takes it. */
export type MediaCodec = {
  kind: 'audio' | 'video';
  mimeType: string;
  clockRate: number;
  channels?: number;
  parameters?: Record<string, string | number>;
};

/**
 * The codecs of every router, in the order of preference: a sender uses the first video codec that both sides have.
 * docs/protocol.md gives the reason for each. mediasoup derives `ROUTER_RTP_CAPABILITIES` from them, and a client
 * loads its device with those, so that no request for capabilities is needed.
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
 * Header extensions that the router supports and that clients are not offered.
 *
 * With abs-capture-time, mediasoup 3.27.1 aligns simulcast layers by that extension alone. Chromium sends it once in
 * several seconds and not for every layer, so that a consumer whose layer ended stays without a picture. Without the
 * extension, mediasoup aligns layers by their sender reports, which arrive every second.
 */
export const UNOFFERED_HEADER_EXTENSIONS: readonly string[] = [
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
];

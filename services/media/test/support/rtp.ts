import type { RtpParameters } from '@parley/proto';

const EXTENSIONS = {
  mid: { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
  rid: { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
  absSendTime: { uri: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', id: 4 },
  audioLevel: { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 },
} as const;

export const AUDIO_LEVEL_EXTENSION_ID = EXTENSIONS.audioLevel.id;
export const OPUS_PAYLOAD_TYPE = 100;
export const VP8_PAYLOAD_TYPE = 101;
const RTX_PAYLOAD_TYPE = 102;

let nextSsrc = 10_000;

/** SSRCs that no other parameters of this test file have. */
function takeSsrcs(count: number): number[] {
  return Array.from({ length: count }, () => nextSsrc++);
}

export function opusParameters(mid = '0', [ssrc] = takeSsrcs(1)): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: OPUS_PAYLOAD_TYPE,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'nack' }, { type: 'transport-cc' }],
      },
    ],
    headerExtensions: [EXTENSIONS.mid, EXTENSIONS.audioLevel],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname: 'test' },
  };
}

function vp8Codecs(): RtpParameters['codecs'] {
  const rtcpFeedback = [
    { type: 'nack' },
    { type: 'nack', parameter: 'pli' },
    { type: 'ccm', parameter: 'fir' },
    { type: 'goog-remb' },
  ];
  return [
    { mimeType: 'video/VP8', payloadType: VP8_PAYLOAD_TYPE, clockRate: 90_000, rtcpFeedback },
    {
      mimeType: 'video/rtx',
      payloadType: RTX_PAYLOAD_TYPE,
      clockRate: 90_000,
      parameters: { apt: VP8_PAYLOAD_TYPE },
      rtcpFeedback: [],
    },
  ];
}

export function vp8Parameters(mid = '1', ssrcs = takeSsrcs(1)): RtpParameters {
  return {
    mid,
    codecs: vp8Codecs(),
    headerExtensions: [EXTENSIONS.mid, EXTENSIONS.absSendTime],
    encodings: ssrcs.map((ssrc) => ({ ssrc })),
    rtcp: { cname: 'test' },
  };
}

/** Three layers told apart by RID, as a browser sends them. */
export function simulcastParameters(mid = '1'): RtpParameters {
  return {
    mid,
    codecs: vp8Codecs(),
    headerExtensions: [EXTENSIONS.mid, EXTENSIONS.rid, EXTENSIONS.absSendTime],
    encodings: ['q', 'h', 'f'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
    rtcp: { cname: 'test' },
  };
}

/** One encoding of three spatial layers. */
export function svcParameters(mid = '2'): RtpParameters {
  const [ssrc] = takeSsrcs(1);
  return {
    mid,
    codecs: [
      {
        mimeType: 'video/VP9',
        payloadType: 103,
        clockRate: 90_000,
        parameters: { 'profile-id': 0 },
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    headerExtensions: [EXTENSIONS.mid],
    encodings: [{ ssrc, scalabilityMode: 'L3T3_KEY' }],
    rtcp: { cname: 'test' },
  };
}

/** A fingerprint of the right form that belongs to nobody. */
export function dtlsParameters(fill = 'AB') {
  return {
    role: 'client' as const,
    fingerprints: [
      { algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => fill).join(':') },
    ],
  };
}

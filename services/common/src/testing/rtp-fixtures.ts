import { randomBytes, randomInt } from 'node:crypto';
import type { DtlsParameters, RtpParameters } from '@parley/proto/rtp';

/*
 * RTP and DTLS parameters as a browser sends them. Each call makes a MID and SSRCs of its own, so that one peer can
 * send several of them at the same time.
 */

const EXTENSIONS = {
  mid: { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
  rid: { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
  absSendTime: { uri: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', id: 4 },
  audioLevel: { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 },
} as const;

const VP8_PAYLOAD_TYPE = 101;

export function opusParameters(mid = randomMid(), ssrc = randomSsrc()): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 100,
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

export function vp8Parameters(mid = randomMid(), ssrcs = [randomSsrc()]): RtpParameters {
  return {
    mid,
    codecs: vp8Codecs(),
    headerExtensions: [EXTENSIONS.mid, EXTENSIONS.absSendTime],
    encodings: ssrcs.map((ssrc) => ({ ssrc })),
    rtcp: { cname: 'test' },
  };
}

/** Three layers of VP8, each with its RID. */
export function simulcastParameters(mid = randomMid()): RtpParameters {
  return {
    mid,
    codecs: vp8Codecs(),
    headerExtensions: [EXTENSIONS.mid, EXTENSIONS.rid, EXTENSIONS.absSendTime],
    encodings: ['q', 'h', 'f'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
    rtcp: { cname: 'test' },
  };
}

/** One encoding of VP9 with three spatial layers. */
export function svcParameters(mid = randomMid()): RtpParameters {
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
    encodings: [{ ssrc: randomSsrc(), scalabilityMode: 'L3T3_KEY' }],
    rtcp: { cname: 'test' },
  };
}

/** A well-formed fingerprint that belongs to no certificate. Without `fill`, each call makes another. */
export function dtlsParameters(fill?: string): DtlsParameters {
  const random = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  const value = random.map((pair) => fill ?? pair).join(':');
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
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
      payloadType: 102,
      clockRate: 90_000,
      parameters: { apt: VP8_PAYLOAD_TYPE },
      rtcpFeedback: [],
    },
  ];
}

function randomMid(): string {
  return randomBytes(4).toString('hex');
}

function randomSsrc(): number {
  return randomInt(1, 0xffffffff);
}

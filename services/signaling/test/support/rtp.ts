import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import {
  ROUTER_RTP_CAPABILITIES,
  type DtlsParameters,
  type RequestInput,
  type RtpParameters,
} from '@parley/proto';

export const RTP_CAPABILITIES = ROUTER_RTP_CAPABILITIES;

const MID = { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 } as const;
const RID = { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 } as const;

export function opusParameters(): RtpParameters {
  return {
    mid: randomUUID().slice(0, 8),
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 100,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc' }],
      },
    ],
    headerExtensions: [MID],
    encodings: [{ ssrc: randomInt(1, 0xffffffff), dtx: true }],
    rtcp: { cname: 'test' },
  };
}

export function simulcastParameters(): RtpParameters {
  return {
    mid: randomUUID().slice(0, 8),
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 101,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
      },
      {
        mimeType: 'video/rtx',
        payloadType: 102,
        clockRate: 90_000,
        parameters: { apt: 101 },
        rtcpFeedback: [],
      },
    ],
    headerExtensions: [MID, RID],
    encodings: ['q', 'h', 'f'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
    rtcp: { cname: 'test' },
  };
}

/** Well-formed, of a certificate that nobody has. */
export function dtlsParameters(): DtlsParameters {
  const value = Array.from(randomBytes(32), (byte) => byte.toString(16).padStart(2, '0')).join(':');
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: value.toUpperCase() }] };
}

export function microphone(): RequestInput<'producer:create'> {
  return { source: 'microphone', kind: 'audio', rtpParameters: opusParameters(), paused: false };
}

export function camera(): RequestInput<'producer:create'> {
  return { source: 'camera', kind: 'video', rtpParameters: simulcastParameters(), paused: false };
}

export function screen(): RequestInput<'producer:create'> {
  return { source: 'screen', kind: 'video', rtpParameters: simulcastParameters(), paused: false };
}

import { randomBytes, randomInt } from 'node:crypto';
import {
  ROUTER_RTP_CAPABILITIES,
  type DtlsParameters,
  type RtpCapabilities,
  type RtpParameters,
} from '@parley/proto';

/** The capabilities of a device that can do everything that the router can. */
export const DEVICE_CAPABILITIES: RtpCapabilities = ROUTER_RTP_CAPABILITIES;

/** Valid parameters of a certificate that does not exist. */
export function madeUpDtlsParameters(): DtlsParameters {
  const pairs = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: pairs.join(':') }] };
}

const MID_EXTENSION = { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 } as const;

export function opusParameters(): RtpParameters {
  return {
    mid: String(randomInt(1_000_000)),
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [MID_EXTENSION],
    encodings: [{ ssrc: randomInt(1, 0xffffffff), dtx: true }],
    rtcp: { cname: randomBytes(8).toString('hex'), reducedSize: true },
  };
}

export function vp8SimulcastParameters(): RtpParameters {
  const feedback = [
    { type: 'nack', parameter: '' },
    { type: 'nack', parameter: 'pli' },
  ];
  return {
    mid: String(randomInt(1_000_000)),
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: feedback },
      {
        mimeType: 'video/rtx',
        payloadType: 97,
        clockRate: 90_000,
        parameters: { apt: 96 },
        rtcpFeedback: [],
      },
    ],
    headerExtensions: [MID_EXTENSION, { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 }],
    encodings: ['r0', 'r1', 'r2'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })),
    rtcp: { cname: randomBytes(8).toString('hex'), reducedSize: true },
  };
}

import type { Device, types } from 'mediasoup-client';

/** No server uses this SSRC: mediasoup chooses much larger ones, and its probation has 1234. */
const SSRC = 1235;
const NAME = 'silent';

/**
 * A picture that no server sends. To receive it takes everything that another picture would wait for: ICE, DTLS, and mediasoup-client's own
 * preparation for the first picture, which is a negotiation as well.
 */
export function silentPicture({ recvRtpCapabilities }: Device): types.ConsumerOptions {
  const codec = recvRtpCapabilities.codecs?.find(({ kind }) => kind === 'video');
  if (codec?.preferredPayloadType === undefined) throw new Error('this device receives no pictures');
  const { mimeType, preferredPayloadType: payloadType, clockRate, parameters, rtcpFeedback } = codec;
  const extensions = recvRtpCapabilities.headerExtensions?.filter(({ kind }) => kind === 'video') ?? [];
  return {
    id: NAME,
    producerId: NAME,
    kind: 'video',
    rtpParameters: {
      mid: NAME,
      codecs: [{ mimeType, payloadType, clockRate, parameters, rtcpFeedback: rtcpFeedback ?? [] }],
      headerExtensions: extensions.map(({ uri, preferredId }) => ({ uri, id: preferredId })),
      encodings: [{ ssrc: SSRC }],
      rtcp: { cname: NAME },
    },
  };
}

import { describe, expect, test } from '@jest/globals';
import { Metadata, Server, ServerCredentials, credentials } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { rtpParametersSchema, type RtpParameters } from '@parley/proto/rtp';
import {
  MediaService,
  fromDtlsParametersMessage,
  fromRtpCapabilitiesMessage,
  fromRtpParametersMessage,
  toRtpCapabilitiesMessage,
  toRtpParametersMessage,
  type media,
} from '@parley/proto/media-rpc';

const parameters: RtpParameters = rtpParametersSchema.parse({
  mid: '0',
  msid: 'stream track',
  codecs: [
    {
      mimeType: 'video/VP8',
      payloadType: 101,
      clockRate: 90_000,
      parameters: { 'x-text': 'a', 'x-number': 1.5, 'x-flag': false },
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
    },
  ],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1, encrypt: false, parameters: {} }],
  encodings: [
    { ssrc: 4_294_967_295, rtx: { ssrc: 2 }, dtx: false, scalabilityMode: 'L1T3', maxBitrate: 100_000 },
    { rid: 'h' },
  ],
  rtcp: { cname: 'x', reducedSize: true },
});

/** Sends a request over a real gRPC connection and returns what the other side received. */
async function overTheWire(request: media.ProduceRequestInput): Promise<media.ProduceRequest> {
  const server = new Server();
  const received = new Promise<media.ProduceRequest>((resolve) => {
    server.addService(MediaService.service, {
      produce: (call: { request: media.ProduceRequest }, done: (error: null, value: object) => void) => {
        resolve(call.request);
        done(null, {});
      },
    });
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const client = new MediaService(`127.0.0.1:${port}`, credentials.createInsecure());
  try {
    await new Promise<void>((resolve, reject) =>
      client.produce(request, new Metadata(), (error) => (error ? reject(error) : resolve())),
    );
    return await received;
  } finally {
    client.close();
    server.forceShutdown();
  }
}

describe('RTP messages', () => {
  test('RTP parameters survive the wire unchanged', async () => {
    const request = await overTheWire({
      kind: 'MEDIA_KIND_VIDEO',
      source: 'SOURCE_CAMERA',
      rtpParameters: toRtpParametersMessage(parameters),
    });
    expect(fromRtpParametersMessage(request.rtpParameters)).toEqual(parameters);
    expect(request.paused).toBe(false);
  });

  test('RTP capabilities keep every codec, feedback and extension', () => {
    const message = toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES);
    const back = fromRtpCapabilitiesMessage(message as Parameters<typeof fromRtpCapabilitiesMessage>[0]);
    expect(back.codecs.map((codec) => codec.mimeType)).toEqual(
      ROUTER_RTP_CAPABILITIES.codecs.map((codec) => codec.mimeType),
    );
    expect(back.headerExtensions.map((extension) => extension.uri)).toEqual(
      ROUTER_RTP_CAPABILITIES.headerExtensions.map((extension) => extension.uri),
    );
    expect(back.codecs[0]?.rtcpFeedback).toEqual(ROUTER_RTP_CAPABILITIES.codecs[0]?.rtcpFeedback);
  });

  test('a message that no schema allows is an invalid request', () => {
    expect(() => fromDtlsParametersMessage({ role: 'auto', fingerprints: [] })).toThrow(ParleyError);
    expect(() =>
      fromDtlsParametersMessage({ role: 'auto', fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] }),
    ).toThrow('Malformed DTLS parameters.');
    expect(() => fromRtpParametersMessage(null)).toThrow('Malformed RTP parameters.');
  });
});

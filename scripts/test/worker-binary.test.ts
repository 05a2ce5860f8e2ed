import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import {
  endpointParameters,
  OPUS_PAYLOAD_TYPE,
  releaseEndpoints,
  RtpEndpoint,
} from '../../tests/harness/peer/rtp-endpoint.ts';
import { waitFor } from '@parley/common/testing';
import { ensureWorker } from '../bootstrap/worker.mjs';
import { Steps } from '../lib/steps.mjs';

const SSRC = 4_242;
const OPUS: types.RouterRtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  preferredPayloadType: OPUS_PAYLOAD_TYPE,
  clockRate: 48_000,
  channels: 2,
};

let worker: types.Worker;
let router: types.Router;

beforeAll(async () => {
  worker = await createWorker({ workerBin: await ensureWorker(new Steps()), logLevel: 'warn' });
  router = await worker.createRouter({ mediaCodecs: [OPUS] });
});

afterAll(() => {
  worker.close();
  releaseEndpoints();
});

async function createTransport(): Promise<types.WebRtcTransport> {
  return await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
}

async function connect(transport: types.WebRtcTransport, direction: 'send' | 'receive') {
  const endpoint = new RtpEndpoint(direction, SSRC);
  await transport.connect({ dtlsParameters: await endpoint.answer(transport) });
  while (transport.dtlsState !== 'connected') await once(transport, 'dtlsstatechange');
  return endpoint;
}

test('the worker carries audio between two peers over real ICE, DTLS and SRTP', async () => {
  const [sending, receiving] = [await createTransport(), await createTransport()];
  const sender = await connect(sending, 'send');
  const receiver = await connect(receiving, 'receive');

  const producer = await sending.produce({ kind: 'audio', rtpParameters: endpointParameters(SSRC) });
  await receiving.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });

  await waitFor(() => receiver.received > 0, { what: 'a packet' });
  expect(worker.died).toBe(false);
  sender.close();
  receiver.close();
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { cleanup } from 'node-datachannel';
import { ensureWorker } from '../bootstrap/worker.mjs';
import { Steps } from '../bootstrap/steps.mjs';
import { isOpus, MediaPeer, OPUS } from './media-peer.ts';

const SSRC = 4_242;
const PACKET_INTERVAL_MS = 20;

let worker: types.Worker;
let router: types.Router;

beforeAll(async () => {
  worker = await createWorker({ workerBin: await ensureWorker(new Steps()), logLevel: 'warn' });
  router = await worker.createRouter({ mediaCodecs: [OPUS] });
});

afterAll(() => {
  worker.close();
  cleanup();
});

async function createTransport(): Promise<types.WebRtcTransport> {
  return await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
}

test('the worker carries audio between two peers over real ICE, DTLS and SRTP', async () => {
  const [sending, receiving] = [await createTransport(), await createTransport()];
  const sender = await MediaPeer.connect(sending, 'send', SSRC);
  const receiver = await MediaPeer.connect(receiving, 'receive', SSRC);

  const producer = await sending.produce({
    kind: 'audio',
    rtpParameters: {
      codecs: [{ mimeType: OPUS.mimeType, payloadType: 100, clockRate: OPUS.clockRate, channels: 2 }],
      encodings: [{ ssrc: SSRC }],
    },
  });
  await receiving.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });

  const received = new Promise<void>((resolve) => receiver.onPacket((packet) => isOpus(packet) && resolve()));
  const timer = setInterval(() => sender.sendPacket(SSRC), PACKET_INTERVAL_MS);
  await received;
  clearInterval(timer);

  expect(sending.dtlsState).toBe('connected');
  expect(worker.died).toBe(false);
  sender.close();
  receiver.close();
});

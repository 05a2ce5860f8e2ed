// Runs as a process of its own: one worker, one router, and the transports that the load asks for, as services/media makes them. Nothing else.
// Prints `ready` when it answers.
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import process from 'node:process';
import type { TransportId } from '@parley/proto/ids';
import { ROUTER_MEDIA_CODECS, type TransportParameters } from '@parley/proto/rtp';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { createWorker, type types } from 'mediasoup';
import type { BareRequests } from './requests.ts';

const [address = '', rtcPort = '', port = ''] = process.argv.slice(2);
const INITIAL_OUTGOING_BITRATE = 1_000_000;
const MAX_INCOMING_BITRATE = 10_000_000;
const ICE_CONSENT_TIMEOUT_S = 60;
const KEY_FRAME_REQUEST_DELAY_MS = 500;

const worker = await createWorker({ logLevel: 'error' });
const mediaCodecs = structuredClone(ROUTER_MEDIA_CODECS) as types.RouterRtpCodecCapability[];
const router = await worker.createRouter({ mediaCodecs });
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip: address,
    port: Number(rtcPort),
  })),
});
const transports = new Map<string, { transport: types.WebRtcTransport; consumers: types.Consumer[] }>();

async function openTransport(): Promise<types.WebRtcTransport> {
  const transport = await router.createWebRtcTransport({
    webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
    iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
  });
  await transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE);
  transports.set(transport.id, { transport, consumers: [] });
  return transport;
}

function parametersOf(transport: types.WebRtcTransport): TransportParameters {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { transportId: id as TransportId, iceParameters, iceCandidates, dtlsParameters };
}

function find(id: string): { transport: types.WebRtcTransport; consumers: types.Consumer[] } {
  const found = transports.get(id);
  if (found === undefined) throw new Error('there is no such transport');
  return found;
}

type Handlers = {
  readonly [N in keyof BareRequests]: (
    question: BareRequests[N]['question'],
  ) => Promise<BareRequests[N]['answer']>;
};

const handlers: Handlers = {
  send: async ({ rtpParameters }) => {
    const transport = await openTransport();
    const producer = await transport.produce({
      kind: 'audio',
      rtpParameters,
      keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS,
    });
    return { transport: parametersOf(transport), producerId: producer.id };
  },
  receive: async ({ producerIds }) => {
    const transport = await openTransport();
    for (const producerId of producerIds) {
      const rtpCapabilities = ROUTER_RTP_CAPABILITIES as types.RtpCapabilities;
      const consumer = await transport.consume({
        producerId,
        rtpCapabilities,
        paused: true,
        enableRtx: true,
      });
      find(transport.id).consumers.push(consumer);
    }
    return { transport: parametersOf(transport) };
  },
  connect: async ({ transportId, dtlsParameters }) => {
    await find(transportId).transport.connect({ dtlsParameters });
    return null;
  },
  resume: async ({ transportId }) => {
    for (const consumer of find(transportId).consumers) await consumer.resume();
    return null;
  },
};

async function answer(request: IncomingMessage): Promise<unknown> {
  const name = (request.url ?? '').slice(1);
  if (!Object.hasOwn(handlers, name)) throw new Error(`there is no request ${name}`);
  const handle = handlers[name as keyof Handlers] as (question: unknown) => Promise<unknown>;
  return handle(JSON.parse(await text(request)));
}

createServer((request, response) => {
  answer(request).then(
    (body) => response.end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));

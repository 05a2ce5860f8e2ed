// Runs as a process of its own: people who send and receive sound through a media node, and some who join and leave. Prints
// `ready` when sound has reached the listeners, and pauses. Reads the commands `play`, `rest` and `count`, one on each line,
// and answers each with the number of packets that listeners have received so far.
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { createInterface } from 'node:readline';
import process from 'node:process';
import {
  fromTransportParametersMessage,
  toDtlsParametersMessage,
  toRtpCapabilitiesMessage,
  toRtpParametersMessage,
  type media,
} from '@parley/proto/media-rpc';
import { endpointParameters, releaseEndpoints, RtpEndpoint } from '../tests/harness/peer/rtp-endpoint.ts';
import { opusParameters, waitFor } from '@parley/common/testing';
import { RpcClient } from './rpc-client.ts';

const [address = '', secret = '', rooms = '1', listenersPerRoom = '1'] = process.argv.slice(2);
/** Handshakes at the same time. More of them only wait for each other. */
const PARALLEL = 20;
const COMING_AND_GOING_MS = 500;
const ENOUGH = 0.95;

const client = new RpcClient(address, { secret });
const rtpCapabilities = toRtpCapabilitiesMessage(ROUTER_RTP_CAPABILITIES);

async function connect(
  peer: { roomId: string; peerId: string },
  direction: 'send' | 'receive',
  transport: media.TransportParameters | null,
  ssrc: number,
): Promise<RtpEndpoint> {
  const endpoint = new RtpEndpoint(direction, ssrc);
  const dtlsParameters = await endpoint.answer(fromTransportParametersMessage(transport));
  const transportId = transport?.transportId ?? '';
  await client.connectTransport({
    ...peer,
    transportId,
    dtlsParameters: toDtlsParametersMessage(dtlsParameters),
  });
  return endpoint;
}

async function speak(roomId: string, number: number): Promise<string> {
  const peer = { roomId, peerId: 'speaker' };
  client.watch(roomId);
  const { sendTransport } = await client.openPeer({ ...peer, rtpCapabilities });
  const ssrc = 1000 + number;
  const { producerId } = await client.produce({
    ...peer,
    source: 'SOURCE_MICROPHONE',
    kind: 'MEDIA_KIND_AUDIO',
    rtpParameters: toRtpParametersMessage(endpointParameters(ssrc)),
    paused: false,
  });
  speakers.push(await connect(peer, 'send', sendTransport, ssrc));
  return producerId;
}

async function listen(roomId: string, producerId: string, number: number): Promise<RtpEndpoint> {
  const peer = { roomId, peerId: `listener-${number}` };
  const { receiveTransport } = await client.openPeer({ ...peer, rtpCapabilities });
  const { results } = await client.consume({ ...peer, items: [{ producerId }] });
  const consumer = results[0]?.consumer;
  const ssrc = consumer?.rtpParameters?.encodings[0]?.ssrc ?? 0;
  const endpoint = await connect(peer, 'receive', receiveTransport, ssrc);
  await client.setConsumersPaused({ ...peer, consumerIds: [consumer?.consumerId ?? ''], paused: false });
  return endpoint;
}

/** One person joins, sends and leaves, so that the node writes log lines. */
async function comeAndGo(number: number): Promise<void> {
  const peer = { roomId: 'room-0', peerId: `guest-${number}` };
  await client.openPeer({ ...peer, rtpCapabilities });
  const rtpParameters = toRtpParametersMessage(opusParameters());
  await client.produce({
    ...peer,
    source: 'SOURCE_MICROPHONE',
    kind: 'MEDIA_KIND_AUDIO',
    rtpParameters,
    paused: false,
  });
  await client.closePeer(peer);
}

const speakers: RtpEndpoint[] = [];
const listeners: RtpEndpoint[] = [];
for (let room = 0; room < Number(rooms); room += 1) {
  const producerId = await speak(`room-${room}`, room);
  for (let first = 0; first < Number(listenersPerRoom); first += PARALLEL) {
    const numbers = Array.from(
      { length: Math.min(PARALLEL, Number(listenersPerRoom) - first) },
      (_, i) => first + i,
    );
    listeners.push(...(await Promise.all(numbers.map((n) => listen(`room-${room}`, producerId, n)))));
  }
}
const receiving = () => listeners.filter(({ received }) => received > 10).length;
// A handshake may fail on a busy machine. The load is as useful without that listener.
await waitFor(() => receiving() >= listeners.length * ENOUGH, {
  what: 'sound to reach nearly all listeners',
  describe: receiving,
});
let guests = 0;
let timer: NodeJS.Timeout | undefined;
const play = (on: boolean): void => {
  for (const endpoint of speakers) endpoint.setSending(on);
  clearInterval(timer);
  if (on) timer = setInterval(() => void comeAndGo(guests++), COMING_AND_GOING_MS);
};
play(false);
process.stdout.write('ready\n');

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  if (line !== 'count') play(line === 'play');
  process.stdout.write(`${listeners.reduce((sum, { received }) => sum + received, 0)}\n`);
});
input.once('close', () => {
  clearInterval(timer);
  for (const endpoint of [...speakers, ...listeners]) endpoint.close();
  client.close();
  releaseEndpoints();
  process.exit(0);
});

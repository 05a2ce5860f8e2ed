import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { HonestPair } from '../frame/honest-pair.ts';
import { Visitor } from '../frame/visitor.ts';
import { RawTransport } from './raw-transport.ts';
import { onSignaling } from './servers.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: ROUTER_RTP_CAPABILITIES };
const PER_SECOND = 2_000;
const SLICE_MS = 50;
/** PACKETS_PER_CONNECTION allows half a second of this at once. */
const CUT_MAX_MS = 5_000;

export const EVENTS = onSignaling({
  name: 'events',
  description:
    'Somebody in a room sends 2,000 events a second on one socket, and comes back with a new one each time.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const visitor = new Visitor(system);
    const code = await visitor.createRoom();
    const rounds = scale === 'full' ? 10 : 1;
    let [sent, carriedOut, refused, slowest, cut] = [0, 0, 0, 0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const transport = await RawTransport.open(visitor);
      await transport.connect({ token: await visitor.token(code) });
      transport.emit('room:join', JOIN);
      await transport.settled();
      const startedAt = performance.now();
      sent += await flood(transport, startedAt + CUT_MAX_MS);
      slowest = Math.max(slowest, performance.now() - startedAt);
      cut += transport.closed ? 1 : 0;
      carriedOut += transport.answers('carried out') - 1;
      refused += transport.answers('all') - transport.answers('carried out');
      transport.close();
    }
    return [
      atLeast('events that were sent', sent, 500 * rounds),
      atLeast('of them carried out', carriedOut, 1),
      atMost('and no more than a burst of each socket', carriedOut, 20 * rounds),
      atLeast('of them refused before the socket was cut', refused, 1),
      mustBe('sockets that were cut', cut, rounds),
      atMost('the longest time until then', slowest, CUT_MAX_MS, 'ms'),
      ...(await honest.findings(scale)),
    ];
  },
});

/** Resolves with the number of events, when the server has cut the socket or the time is over (of `performance.now`). */
async function flood(transport: RawTransport, until: number): Promise<number> {
  let sent = 0;
  while (!transport.closed && performance.now() < until) {
    for (let count = 0; count < (PER_SECOND * SLICE_MS) / 1_000; count += 1)
      transport.emit('peer:react', { reaction: 'clap' });
    sent += (PER_SECOND * SLICE_MS) / 1_000;
    await delay(SLICE_MS);
  }
  return sent;
}

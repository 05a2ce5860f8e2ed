import { randomInt } from 'node:crypto';
import { waitFor } from '@parley/common/testing';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { HonestPair } from '../frame/honest-pair.ts';
import { Visitor } from '../frame/visitor.ts';
import { RawTransport } from './raw-transport.ts';
import { BOUNDS, onSignaling } from './servers.ts';

/** IPv6: a /48 has as much as sixteen of its /64. */
const SITE_SHARE = 16;
const EVICTED_WITHIN_MS = 2_000;

export const SOCKETS = onSignaling({
  name: 'sockets',
  description:
    'One address opens many more sockets than it may have, and so does one who rents a /48 of IPv6.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const site = `2001:db8:${randomInt(0x10000).toString(16)}`;
    const times = scale === 'full' ? 20 : 3;
    const one = new Visitor(system);
    const many = Array.from(
      { length: SITE_SHARE * times },
      (_, index) => new Visitor(system, `${site}:${fourthGroup(index).toString(16)}::1`),
    );
    const ofOne = Array.from({ length: BOUNDS.halfOpen * times }, () => one);
    const fromOne = await openAll(ofOne, BOUNDS.halfOpen);
    const ofSite = many.flatMap((visitor) => [visitor, visitor]);
    const fromSite = await openAll(ofSite, BOUNDS.halfOpen * SITE_SHARE);
    return [
      atLeast('sockets that were tried from one address', fromOne.opened, BOUNDS.halfOpen),
      atMost('of them open afterwards', fromOne.open, BOUNDS.halfOpen),
      atLeast('sockets that were tried from one /48', fromSite.opened, SITE_SHARE),
      atMost('of them open afterwards', fromSite.open, BOUNDS.halfOpen * SITE_SHARE),
      ...(await honest.findings(scale)),
    ];
  },
});

/** Sixteen bits: from another /56 each time, and after 256 of those from another /64 of theirs. */
const fourthGroup = (index: number): number => (index % 256) * 256 + Math.floor(index / 256);

async function openAll(
  visitors: readonly Visitor[],
  allowed: number,
): Promise<{ opened: number; open: number }> {
  const tried = await Promise.allSettled(visitors.map((visitor) => RawTransport.open(visitor)));
  const transports = tried.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return { opened: tried.length, open: await closeAll(transports, allowed) };
}

/** Closes the transports. Resolves with how many of them the server had left open, after it had time to close those beyond `allowed`. */
async function closeAll(transports: readonly RawTransport[], allowed: number): Promise<number> {
  const open = () => transports.filter(({ closed }) => !closed).length;
  // The end of one WebSocket may arrive after the answer on another that is newer.
  await waitFor(() => open() <= allowed, { timeoutMs: EVICTED_WITHIN_MS }).catch(() => undefined);
  const left = open();
  for (const transport of transports) transport.close();
  return left;
}

export const NEIGHBOURS = onSignaling({
  name: 'neighbours',
  description: 'Somebody holds as many sockets as possible, while neighbours behind the same address join.',
  async run(system, scale): Promise<Finding[]> {
    const attacker = new Visitor(system);
    const neighbour = new Visitor(system, attacker.address);
    const code = await neighbour.createRoom();
    const held: RawTransport[] = [];
    const hold = async (count: number) => {
      for (let opened = 0; opened < count; opened += 1)
        await RawTransport.open(attacker).then((transport) => held.push(transport));
    };
    await hold(BOUNDS.halfOpen * 2);
    let joined = 0;
    const wanted = scale === 'full' ? 10 : 3;
    for (let neighbours = 0; neighbours < wanted; neighbours += 1) {
      const [peer] = await Promise.all([neighbour.join(code), hold(BOUNDS.halfOpen / 2)]);
      joined += peer.socket.connected ? 1 : 0;
    }
    const open = await closeAll(held, BOUNDS.halfOpen);
    return [
      mustBe('neighbours of the attacker in their room', joined, wanted),
      atLeast('sockets that were held', held.length, BOUNDS.halfOpen * 2),
      atMost('of them open', open, BOUNDS.halfOpen),
    ];
  },
});

export const SAME_TOKEN = onSignaling({
  name: 'token',
  description: 'Four sockets join with one token at once.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const visitor = new Visitor(system);
    const code = await visitor.createRoom();
    const token = await visitor.token(code);
    const rounds = scale === 'full' ? 10 : 2;
    const stayed: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const fresh = round === 0 ? token : await visitor.token(code);
      const peers = await Promise.all([1, 2, 3, 4].map(() => visitor.withToken(fresh)));
      await Promise.all(peers.map((peer) => peer.join().catch(() => undefined)));
      const ended = () => peers.filter(({ socket }) => !socket.connected).length;
      await waitFor(() => ended() >= 3, { what: 'the former sockets to end' });
      const last = peers.find(({ socket }) => socket.connected);
      await last?.request('room:ping', {}).catch(() => undefined);
      stayed.push(peers.length - ended());
      last?.socket.close();
    }
    return [
      mustBe('sockets of one token that stay', [...new Set(stayed)].join(', '), 1),
      ...(await honest.findings(scale)),
    ];
  },
});

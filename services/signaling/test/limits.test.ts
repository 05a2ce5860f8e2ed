import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { networkName } from '@parley/common/limits';
import { REQUESTS, type RequestName } from '@parley/proto/requests';
import type { Socket } from 'socket.io';
import { LimitTable } from '../src/limits/limit-table.ts';
import { PeerLimits, shareAfterMove } from '../src/limits/peer-limits.ts';
import { RoomLimits } from '../src/limits/room-limits.ts';
import { HalfOpen } from '../src/socket/limits/half-open.ts';
import { Transport, type TransportEnd } from '../src/socket/transport.ts';
import { afterResume } from '../src/peer/resume-secret.ts';

const count = (times: number, take: () => boolean): number =>
  Array.from({ length: times }, take).filter(Boolean).length;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the limits of a peer', () => {
  test('are per verb, and in all', () => {
    const limits = new PeerLimits();
    expect(count(20, () => limits.take('room:leave') === 0)).toBe(5);
    expect(limits.take('room:leave')).toBe(2_000);
    expect(limits.take('chat:send')).toBe(0);
    expect(count(1_000, () => limits.takeAny())).toBe(400);
  });

  test('are full again after a while, and not before', () => {
    const limits = new PeerLimits();
    limits.take('room:leave');
    expect(limits.full).toBe(false);
    jest.advanceTimersByTime(1_999);
    expect(limits.full).toBe(false);
    jest.advanceTimersByTime(1);
    expect(limits.full).toBe(true);
  });

  test.each([
    ['never before', null, 1],
    ['just now', 1_000_000, 0],
    ['half a minute ago', 970_000, 0.5],
    ['long ago', 1, 1],
    ['in the future of another clock', 2_000_000, 0],
  ])('of a peer that moved %s begin with their share', (_when, movedAt, share) => {
    expect(shareAfterMove(movedAt, Date.now())).toBe(share);
  });

  test('begin with the share for every verb, used or not', () => {
    const limits = new PeerLimits();
    limits.startWith(0.5);
    for (const verb of Object.keys(REQUESTS) as RequestName[])
      expect([verb, count(1_000, () => limits.take(verb) === 0)]).toEqual([
        verb,
        Math.floor(REQUESTS[verb].rate.burst / 2) +
          (REQUESTS[verb].rate.burst === 5 && verb !== 'chat:clear' ? 3 : 0),
      ]);
    expect(count(1_000, () => limits.takeAny())).toBe(400);
  });

  test('leave a peer that moved just now what it needs to open its media, and nothing that others hear', () => {
    const limits = new PeerLimits();
    limits.startWith(0);
    const left = (verb: RequestName) => count(10, () => limits.take(verb) === 0);
    expect((['media:reopen', 'consumer:create', 'room:leave'] as const).map(left)).toEqual([5, 5, 5]);
    expect((['chat:send', 'peer:react', 'peer:set-profile'] as const).map(left)).toEqual([0, 0, 0]);
  });

  test('give back nothing to a peer that comes with a whole share', () => {
    const limits = new PeerLimits();
    count(20, () => limits.take('room:leave') === 0);
    limits.startWith(1);
    expect(limits.take('room:leave')).toBeGreaterThan(0);
  });
});

describe('the limits of a room', () => {
  const rates = { roomEventsPerSecond: 20, roomChatBytesPerMinute: 60_000 };
  const taken = (limits: RoomLimits, use: Parameters<RoomLimits['take']>[0], bytes = 0) =>
    count(1_000, () => {
      try {
        limits.take(use, bytes);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'room_busy', retryAfterMs: expect.any(Number) });
        return false;
      }
    });

  test('let through a burst of each use and then its rate', () => {
    const limits = new RoomLimits(rates);
    expect([taken(limits, 'chat'), taken(limits, 'join'), taken(limits, 'profile')]).toEqual([40, 100, 100]);
    jest.advanceTimersByTime(1_000);
    expect([taken(limits, 'chat'), taken(limits, 'join'), taken(limits, 'reaction')]).toEqual([20, 20, 100]);
  });

  test('count the bytes of a minute', () => {
    const limits = new RoomLimits(rates);
    expect(taken(limits, 'chat', 10_000)).toBe(6);
    jest.advanceTimersByTime(10_000);
    expect(taken(limits, 'chat', 10_000)).toBe(1);
  });

  test('count what was used on other instances, with a debt of one burst at most', () => {
    const limits = new RoomLimits(rates);
    for (let times = 0; times < 1_000; times += 1) limits.charge('chat', 10);
    expect(taken(limits, 'chat')).toBe(0);
    jest.advanceTimersByTime(2_000);
    expect(taken(limits, 'chat')).toBe(0);
    jest.advanceTimersByTime(1_000);
    expect(taken(limits, 'chat')).toBe(20);
  });
});

describe('the table of limits', () => {
  test('forgets what is full, keeps the rest, and does not grow with those who come and go', () => {
    const table = new LimitTable(() => new PeerLimits());
    for (let times = 0; times < 5; times += 1) table.of('greedy').take('room:leave');
    for (let visitor = 0; visitor < 10_000; visitor += 1) {
      table.of(`visitor ${visitor}`);
      expect(table.size).toBeLessThan(10);
    }
    expect(table.of('greedy').take('room:leave')).toBeGreaterThan(0);
  });
});

describe('half-open transports', () => {
  class Held {
    readonly address: string;
    busy = false;
    evicted = false;

    constructor(address: string) {
      this.address = address;
    }

    evict(): void {
      this.evicted = true;
    }
  }

  test('of one address are bounded, and the oldest goes first', () => {
    const halfOpen = new HalfOpen<Held>({ perAddress: 2, total: 100 });
    const [neighbour, ...held] = ['b', 'a', 'a', 'a'].map((address) => new Held(address));
    for (const one of [neighbour, ...held]) if (one) halfOpen.add(one);
    expect(held.map(({ evicted }) => evicted)).toEqual([true, false, false]);
    expect([neighbour?.evicted, halfOpen.size]).toEqual([false, 3]);
  });

  test('of one address are bounded, and one whose join is under way goes last', () => {
    const halfOpen = new HalfOpen<Held>({ perAddress: 2, total: 100 });
    const held = Array.from({ length: 4 }, () => new Held('a'));
    held[0]!.busy = true;
    for (const one of held.slice(0, 3)) halfOpen.add(one);
    expect(held.map(({ evicted }) => evicted)).toEqual([false, true, false, false]);
    held[2]!.busy = true;
    halfOpen.add(held[3]!);
    expect(held.map(({ evicted }) => evicted)).toEqual([true, true, false, false]);
    expect(halfOpen.size).toBe(2);
  });

  test('of all addresses are bounded', () => {
    const halfOpen = new HalfOpen<Held>({ perAddress: 5, total: 10 });
    const held = Array.from({ length: 30 }, (_, index) => new Held(`address ${index}`));
    for (const one of held) halfOpen.add(one);
    expect(halfOpen.size).toBe(10);
    expect(held.filter(({ evicted }) => evicted)).toEqual(held.slice(0, 20));
  });

  test('of the networks around an address of IPv6 are bounded', () => {
    const halfOpen = new HalfOpen<Held>({ perAddress: 1, total: 1_000 });
    for (let index = 0; index < 200; index += 1)
      halfOpen.add(new Held(`2001:db8:1:${(index * 64).toString(16)}::1`));
    expect(halfOpen.size).toBe(16);
  });

  test('leave nothing behind', () => {
    const halfOpen = new HalfOpen<Held>({ perAddress: 1, total: 1_000 });
    const held = Array.from({ length: 20 }, (_, index) => new Held(`2001:db8::${index}`));
    for (const one of held) halfOpen.add(one);
    for (const one of held) halfOpen.remove(one);
    expect(halfOpen.size).toBe(0);
    const fresh = new Held('2001:db8::1');
    halfOpen.add(fresh);
    expect(fresh.evicted).toBe(false);
  });
});

describe('a transport', () => {
  const begin = (rates = { packetsPerSecond: 10, bytesPerSecond: 1_000 }) => {
    const done: string[] = [];
    const connection = Object.assign(new EventEmitter(), {
      transport: { socket: { terminate: () => done.push('terminated') } },
      close: (discard?: boolean) => done.push(discard === true ? 'discarded' : 'closed'),
    });
    const transport = new Transport(connection as unknown as Socket['conn'], '192.0.2.1', rates);
    const cuts: TransportEnd[] = [];
    transport.on('cut', (why) => cuts.push(why));
    const send = (data: string) => connection.emit('packet', { type: 'message', data });
    return { transport, connection, done, cuts, send };
  };

  test.each([
    ['a second CONNECT', ['0{"token":"a"}', '0{"token":"b"}']],
    ['a CONNECT after a DISCONNECT', ['0{}', '1', '0{}']],
    ['a CONNECT to another namespace', ['0/admin,{}']],
    ['an event of another namespace', ['0{}', '2/admin,["a"]']],
    ['a binary event of another namespace', ['0{}', '51-/admin,["a",{"_placeholder":true,"num":0}]']],
  ])('is cut by %s', (_what, packets) => {
    const { cuts, done, send } = begin();
    for (const packet of packets) send(packet);
    expect(cuts).toEqual(['connect']);
    expect(done).toEqual(['discarded', 'terminated']);
  });

  test('goes on with one CONNECT, events, acknowledgements and pongs', () => {
    const { cuts, connection, send } = begin();
    for (const packet of ['0{"token":"a"}', '20["room:join",{}]', '31[]', '1']) send(packet);
    connection.emit('packet', { type: 'pong' });
    send('2["a","/b"]');
    expect(cuts).toEqual([]);
  });

  test.each<[string, (given: ReturnType<typeof begin>) => void]>([
    ['packets of any kind', ({ connection }) => connection.emit('packet', { type: 'noop' })],
    ['acknowledgements that nobody waits for', ({ send }) => send('3999[]')],
    ['probes of an upgrade', ({ connection }) => connection.emit('upgrading', {})],
  ])('may send so many %s at once', (_what, send) => {
    const given = begin();
    for (let times = 0; times < 40; times += 1) send(given);
    expect(given.cuts).toEqual([]);
    send(given);
    expect(given.cuts).toEqual(['flood']);
  });

  test('may send so many bytes at once', () => {
    const { cuts, send } = begin();
    send(`2${'ü'.repeat(1_900)}`);
    expect(cuts).toEqual([]);
    send(`2${'ü'.repeat(400)}`);
    expect(cuts).toEqual(['flood']);
  });

  test('is closed when its WebSocket is, whose client may keep it open for a while', () => {
    const { transport, connection } = begin();
    const webSocket = Object.assign(new EventEmitter(), { readyState: 2, CLOSED: 3 });
    Object.assign(connection.transport, { socket: webSocket });
    let closed = 0;
    transport.on('closed', () => (closed += 1));
    connection.emit('close');
    expect(closed).toBe(0);
    webSocket.emit('close');
    expect(closed).toBe(1);
  });

  test('that polls is closed with its session', () => {
    const { transport, connection } = begin();
    Reflect.deleteProperty(connection.transport, 'socket');
    let closed = false;
    transport.on('closed', () => (closed = true));
    connection.emit('close');
    expect(closed).toBe(true);
  });

  test('is cut once when it does not read, and leaves nothing in memory', () => {
    const { cuts, done, connection } = begin();
    for (let times = 0; times < 6_000; times += 1) connection.emit('packetCreate', { data: 'x' });
    expect(cuts).toEqual(['unread']);
    expect(done).toEqual(['discarded', 'terminated']);
  });
});

describe('resume secrets', () => {
  test('work once more after they were used, and count as used up after their successor was used', () => {
    const first = { resumeSecretHashes: ['a'], retiredSecretHashes: [] };
    const second = afterResume(first, { shown: 'a', next: 'b' });
    expect(second).toEqual({ resumeSecretHashes: ['b', 'a'], retiredSecretHashes: [] });
    // The reply with b was lost.
    const third = afterResume(second, { shown: 'a', next: 'c' });
    expect(third).toEqual({ resumeSecretHashes: ['c', 'a'], retiredSecretHashes: [] });
    const fourth = afterResume(third, { shown: 'c', next: 'd' });
    expect(fourth).toEqual({ resumeSecretHashes: ['d', 'c'], retiredSecretHashes: ['a'] });
  });

  test('of a long call are remembered up to a bound', () => {
    let hashes = afterResume(
      { resumeSecretHashes: ['0'], retiredSecretHashes: [] },
      { shown: '0', next: '1' },
    );
    for (let times = 1; times < 1_000; times += 1)
      hashes = afterResume(hashes, { shown: String(times), next: String(times + 1) });
    expect(hashes.retiredSecretHashes).toHaveLength(32);
    expect(hashes.retiredSecretHashes[0]).toBe('998');
  });
});

describe('the name of a network', () => {
  test('is the same for all of a network, and shows nothing without the secret', () => {
    const name = networkName('secret', '2001:db8:1:2::1');
    expect(networkName('secret', '2001:db8:1:2:3::4')).toBe(name);
    expect(networkName('secret', '2001:db8:1:3::1')).not.toBe(name);
    expect(networkName('other', '2001:db8:1:2::1')).not.toBe(name);
    expect(name).toMatch(/^[\w-]{22}$/);
  });
});

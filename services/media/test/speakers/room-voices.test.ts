import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from '@jest/globals';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { ConsumableProducer } from '../../src/router/peer-consumer.ts';
import { RoomVoices, type ForwardedVoices } from '../../src/speakers/room-voices.ts';
import { VoicePool } from '../../src/speakers/voice-pool.ts';

const SIZE = 4;

class TestMicrophone extends EventEmitter {
  readonly id: ProducerId;
  readonly router: number;
  paused: boolean;

  constructor(id: string, router: number, paused: boolean) {
    super();
    this.id = id as ProducerId;
    this.router = router;
    this.paused = paused;
  }

  get record() {
    return {
      producerId: this.id,
      source: 'microphone' as const,
      kind: 'audio' as const,
      paused: this.paused,
    };
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.emit(paused ? 'paused' : 'resuming');
  }
}

class TestConsumer {
  readonly producer: ConsumableProducer;
  heldBack = false;

  constructor(producerId: ProducerId) {
    this.producer = { peerId: producerId as never, producerId, source: 'microphone' };
  }

  setHeldBack(heldBack: boolean): void {
    this.heldBack = heldBack;
  }
}

/** A room of peers with a microphone each, who consume the others. */
class TestRoom {
  readonly microphones = new Map<PeerId, TestMicrophone>();
  readonly consumers = new Map<PeerId, Map<ProducerId, TestConsumer>>();
  readonly counted = { forwarded: 0, heldBack: 0 };
  readonly hands = new Set<PeerId>();
  readonly pool: VoicePool;
  readonly voices: RoomVoices;
  reports: ForwardedVoices[] = [];
  nowMs = 1_000;
  #count = 0;

  constructor() {
    this.pool = new VoicePool(SIZE, () => this.nowMs);
    this.voices = new RoomVoices(
      {
        size: SIZE,
        consumersOf: (id) => [...this.consumers.values()].flatMap((all) => all.get(id) ?? []),
        metrics: {
          voicesChanged: (before, now) => {
            this.counted.forwarded += now.forwarded - before.forwarded;
            this.counted.heldBack += now.heldBack - before.heldBack;
          },
        },
      },
      this.pool,
    );
    this.voices.on('changed', (forwarded) => this.reports.push(forwarded));
  }

  get open(): TestMicrophone[] {
    return [...this.microphones.values()].filter(({ paused }) => !paused);
  }

  join(router = 0, paused = false): TestMicrophone {
    const peerId = `peer-${this.#count++}` as PeerId;
    const microphone = new TestMicrophone(peerId, router, paused);
    this.consumers.set(peerId, new Map());
    this.microphones.set(peerId, microphone);
    this.voices.add(peerId, microphone);
    for (const other of this.microphones.keys()) {
      this.consume(other, microphone);
      this.consume(peerId, this.microphones.get(other));
    }
    return microphone;
  }

  consume(peerId: PeerId, microphone: TestMicrophone | undefined): void {
    if (microphone === undefined || (microphone.id as string) === peerId) return;
    const consumer = new TestConsumer(microphone.id);
    this.consumers.get(peerId)?.set(microphone.id, consumer);
    this.voices.consumerMade(consumer);
  }

  leave(peerId: PeerId): void {
    const microphone = this.microphones.get(peerId);
    this.microphones.delete(peerId);
    this.consumers.delete(peerId);
    this.hands.delete(peerId);
    if (microphone === undefined) return;
    for (const all of this.consumers.values()) all.delete(microphone.id);
    this.voices.remove(microphone.id);
    this.voices.removePeer(peerId);
  }

  raise(peerId: PeerId, raised: boolean): void {
    if (raised) this.hands.add(peerId);
    else this.hands.delete(peerId);
    this.voices.setHand(peerId, raised);
  }

  hear(levels: [TestMicrophone, number][]): void {
    this.nowMs += 250;
    const speakers = levels.map(([{ id }, volume]) => ({ peerId: id as never, producerId: id, volume }));
    this.voices.heard({ speakers });
  }

  /** The voices of open microphones that this peer receives. */
  receivedBy(peerId: PeerId): ProducerId[] {
    return [...(this.consumers.get(peerId) ?? [])]
      .filter(([id, { heldBack }]) => !heldBack && this.microphones.get(id as never)?.paused === false)
      .map(([id]) => id);
  }

  check(): void {
    const { members, heldBack } = this.pool;
    const open = this.open.map(({ id }) => id);
    expect(members.length).toBeLessThanOrEqual(SIZE);
    expect([...members, ...heldBack].toSorted()).toEqual(open.toSorted());
    expect(members.length).toBe(Math.min(SIZE, open.length));
    for (const peerId of this.consumers.keys()) {
      const expected = members.filter((id) => (id as string) !== peerId);
      expect(this.receivedBy(peerId).toSorted()).toEqual(expected.toSorted());
    }
    expect(this.counted).toEqual({ forwarded: members.length, heldBack: heldBack.length });
    expect(this.reports.at(-1)).toEqual(heldBack.length > 0 ? members : undefined);
    expect(this.pool.kept).toEqual({ voices: open.length, hands: this.hands.size });
  }
}

let room: TestRoom;

beforeEach(() => {
  room = new TestRoom();
});

test('while there is a place for everybody, nothing is held back and nothing is reported', () => {
  const all = Array.from({ length: SIZE }, () => room.join());
  all[0]!.setPaused(true);
  room.hear([[all[1]!, -20]]);
  all[0]!.setPaused(false);
  room.join(0, true);
  expect(room.reports).toEqual([]);
  room.check();
});

test('who unmutes is received before the first packet, and the one with the oldest voice gives way', () => {
  const muted = room.join(0, true);
  const all = Array.from({ length: SIZE }, () => {
    room.nowMs += 1_000;
    return room.join();
  });
  room.nowMs += 20_000;
  for (const one of [2, 1, 3, 0]) for (let report = 0; report < 2; report++) room.hear([[all[one]!, -30]]);
  room.hear([]);
  room.nowMs += 20_000;
  muted.setPaused(false);
  expect(room.pool.heldBack).toEqual([all[2]!.id]);
  expect(room.receivedBy(all[0]!.id as never)).toContain(muted.id);
  expect(room.reports).toHaveLength(1);
  room.check();
  muted.setPaused(true);
  expect(room.pool.heldBack).toEqual([]);
  expect(room.reports).toHaveLength(2);
  room.check();
});

test('a voice that is held back is free again when it is muted, so that its next unmute costs nothing', () => {
  const all = Array.from({ length: SIZE + 1 }, () => {
    room.nowMs += 1_000;
    return room.join();
  });
  expect(room.pool.heldBack).toEqual([all[0]!.id]);
  all[0]!.setPaused(true);
  for (const consumers of room.consumers.values()) expect(consumers.get(all[0]!.id)?.heldBack).not.toBe(true);
  room.check();
});

test('a raised hand brings a quiet voice in, and lets it go with the hand', () => {
  const all = Array.from({ length: SIZE + 1 }, () => {
    room.nowMs += 1_000;
    return room.join();
  });
  room.nowMs += 20_000;
  room.hear([]);
  const [quiet] = room.pool.heldBack;
  room.raise(quiet as never, true);
  expect(room.pool.heldBack).not.toContain(quiet);
  room.check();
  room.leave(quiet as never);
  room.check();
  expect(all).toHaveLength(SIZE + 1);
});

test('moments of noise change nothing, whether somebody speaks or not', () => {
  const all = Array.from({ length: 5 * SIZE }, () => room.join());
  room.nowMs += 20_000;
  const [speaker] = all;
  room.hear([[speaker!, -25]]);
  const reports = room.reports.length;
  for (const [index, noisy] of all.entries()) {
    const noise: [TestMicrophone, number] = [noisy, -55];
    room.hear(index % 2 === 0 || noisy === speaker ? [[speaker!, -25]] : [[speaker!, -25], noise]);
  }
  for (const noisy of all) room.hear([[noisy, -60]]);
  expect(room.reports).toHaveLength(reports);
  room.check();
});

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('whatever happens in a room, nobody receives more than the pool holds, the loudest three are received, and nothing is left over', () => {
  for (let seed = 1; seed <= 30; seed++) {
    room = new TestRoom();
    const random = generator(seed);
    const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
    const anybody = () => pick([...room.microphones.keys()]);
    const acts: (() => void)[] = [
      () => void room.join(Math.floor(random() * 3), random() < 0.5),
      () => void room.join(Math.floor(random() * 3), false),
      () => room.leave(anybody() ?? ('nobody' as PeerId)),
      () => pick([...room.microphones.values()])?.setPaused(false),
      () => pick([...room.microphones.values()])?.setPaused(random() < 0.5),
      () => {
        const peerId = anybody();
        if (peerId) room.raise(peerId, random() < 0.6);
      },
      // A client that asks anew, and one that closes a consumer.
      () => room.consume(anybody() ?? ('nobody' as PeerId), pick([...room.microphones.values()])),
      () => (room.nowMs += random() * 15_000),
      () => {
        if (random() > 0.1) return;
        const dead = Math.floor(random() * 3);
        for (const [peerId, { router }] of room.microphones) if (router === dead) room.leave(peerId);
      },
    ];
    for (let step = 0; step < 150; step++) {
      if (random() < 0.35) {
        const speaking = room.open.filter(() => random() < 0.4).slice(0, 8);
        const levels = speaking.map((one): [TestMicrophone, number] => [one, -Math.floor(random() * 65)]);
        room.hear(levels);
        // Below that it may be a moment of noise.
        const loudest = levels.filter(([, level]) => level >= -50).toSorted(([, a], [, b]) => b - a);
        const third = loudest[2]?.[1] ?? Number.NEGATIVE_INFINITY;
        for (const [{ id }, level] of loudest) if (level > third) expect(room.pool.members).toContain(id);
        expect(loudest.filter(([{ id }]) => room.pool.members.includes(id)).length).toBeGreaterThanOrEqual(
          Math.min(3, loudest.length),
        );
      } else pick(acts)?.();
      room.check();
    }
    for (const peerId of room.microphones.keys()) room.leave(peerId);
    expect(room.pool.kept).toEqual({ voices: 0, hands: 0 });
    room.check();
    room.voices.close();
  }
});

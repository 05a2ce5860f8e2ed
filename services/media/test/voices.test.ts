import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { opusParameters, waitFor } from '@parley/common/testing';
import { fromRtpParametersMessage, type media } from '@parley/proto/media-rpc';
import type { RtpParameters } from '@parley/proto/rtp';
import { cleanup } from 'node-datachannel';
import { Streams } from './support/streams.ts';
import { TestNode, type TestPeer, type TestWatch } from './support/test-node.ts';
import { opusFrame, WebRtcEnd } from './support/webrtc-end.ts';

/* A room of 60 open microphones on two workers, with real packets. */

const ROOM = 'crowd';
const PEOPLE = 60;
const VOICES = 12;
const SILENCE = 127;
const PACKETS_PER_SECOND = 50;

let testNode: TestNode;
let watch: TestWatch;
const streams = new Streams();

beforeEach(async () => {
  testNode = await TestNode.create({
    workers: 2,
    // People who join go to both workers in turn.
    limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001 },
    room: { voices: VOICES },
  });
  watch = testNode.watch(ROOM);
  streams.open.push(watch);
});

afterEach(async () => {
  streams.close();
  await testNode.close();
  cleanup();
});

/** A person who sends packets all the time, also in silence. Those of a tone carry its name and their number. */
class Speaker {
  readonly peer: TestPeer;
  readonly peerId: string;
  readonly #ssrc: number;
  producerId = '';
  level = SILENCE;
  #tone: string | undefined;
  #sent = 0;

  constructor(index: number) {
    this.peerId = `speaker-${index}`;
    this.peer = testNode.peer(ROOM, this.peerId);
    this.#ssrc = 1_000 + index;
  }

  async begin(muted = false): Promise<void> {
    const { producerId } = await streams.publish(
      this.peer,
      'microphone',
      opusParameters('0', this.#ssrc),
      () => this.#payload(),
      () => this.level,
      muted,
    );
    this.producerId = producerId;
  }

  async setMuted(paused: boolean): Promise<void> {
    const { producerId } = this;
    await testNode.client.call('setProducerPaused', { ...this.peer.of, producerId, paused });
  }

  beginTone(): void {
    this.#tone = `tone of ${this.peerId}`;
    this.#sent = 0;
    this.level = 20;
  }

  get sentOfTone(): number {
    return this.#sent;
  }

  #payload(): Buffer {
    if (this.#tone === undefined) return opusFrame();
    return Buffer.from(`${this.#tone}, packet ${this.#sent++};`.padEnd(60, '.'));
  }
}

/** Somebody who has consumers as a browser does: for the voices that the room names, or for all while it names none. */
class Listener {
  readonly consumed = new Map<string, RtpParameters>();
  readonly #peer: TestPeer;
  readonly #producerIds: () => readonly string[];
  end: WebRtcEnd | undefined;
  #following = Promise.resolve();

  constructor(name: string, producerIds: () => readonly string[]) {
    this.#peer = testNode.peer(ROOM, name);
    this.#producerIds = producerIds;
  }

  async begin(): Promise<void> {
    const { receiveTransport } = await this.#peer.open();
    const [first] = this.#producerIds();
    this.end = new WebRtcEnd('receive', await this.#consume(first ?? ''));
    streams.open.push(this.end);
    await this.#peer.connect(receiveTransport?.transportId ?? '', await this.end.answer(receiveTransport));
    await waitFor(() => this.end?.open === true);
    await this.follow();
    const timer = setInterval(() => {
      // The node may be closed at the end of the test. What is missing before that fails the test by itself.
      this.#following = this.#following.then(() => this.follow()).catch(() => undefined);
    }, 5);
    streams.open.push({ close: () => clearInterval(timer) });
  }

  async follow(): Promise<void> {
    const missing = (pool() ?? this.#producerIds()).filter((id) => !this.consumed.has(id));
    await Promise.all(missing.map((id) => this.#consume(id)));
  }

  /** How many packets of each voice come within the time, in which the pool does not change. */
  async receivedIn(ms: number): Promise<number[]> {
    const packets = this.end?.packets ?? [];
    const before = packets.length;
    const changes = watch.all('voicesChanged').length;
    await pause(ms);
    if (watch.all('voicesChanged').length !== changes) return this.receivedIn(ms);
    const counts = new Map<number, number>();
    for (const packet of packets.slice(before)) {
      const ssrc = packet.readUInt32BE(8);
      counts.set(ssrc, (counts.get(ssrc) ?? 0) + 1);
    }
    return [...counts.values()];
  }

  /** The numbers of the packets of a tone that came. */
  tone(peerId: string): number[] {
    return (this.end?.packets ?? []).flatMap((packet) => {
      const found = new RegExp(`tone of ${peerId}, packet (\\d+);`).exec(packet.toString('latin1'));
      return found?.[1] === undefined ? [] : [Number(found[1])];
    });
  }

  async #consume(producerId: string): Promise<RtpParameters> {
    const items = [{ producerId, resumed: true }];
    const { results } = await testNode.client.call('consume', { ...this.#peer.of, items });
    const parameters = fromRtpParametersMessage(results[0]?.consumer?.rtpParameters);
    this.consumed.set(producerId, parameters);
    return parameters;
  }
}

/** The voices that the room forwards now; undefined while it forwards all. */
function pool(): readonly string[] | undefined {
  const last = watch.all('voicesChanged').at(-1);
  return last?.limited === true ? last.producerIds : undefined;
}

async function crowd(): Promise<{ speakers: Speaker[]; listeners: Listener[] }> {
  const speakers = Array.from({ length: PEOPLE }, (_, index) => new Speaker(index));
  for (const speaker of speakers) await speaker.begin();
  const ids = speakers.map(({ producerId }) => producerId);
  const listeners = ['listener-a', 'listener-b'].map((name) => new Listener(name, () => ids));
  for (const listener of listeners) await listener.begin();
  expect(testNode.node.workersOf(ROOM as never)).toHaveLength(2);
  return { speakers, listeners };
}

/** A voice so loud is forwarded from its first report on. A quieter one has to be heard for longer, which `voice-choice.test.ts` tests with a clock. */
const VOICE_DBOV = -50;

/** The loudest three of each report are in the pool that was reported before it; of equally loud ones any. */
function checkLoudest(events: readonly media.WatchResponse[]): void {
  let voices: readonly string[] | undefined;
  for (const { voicesChanged, speakersChanged } of events) {
    if (voicesChanged) voices = voicesChanged.limited ? voicesChanged.producerIds : undefined;
    if (!speakersChanged || voices === undefined) continue;
    const loud = speakersChanged.speakers
      .filter(({ volume }) => volume >= VOICE_DBOV)
      .toSorted((a, b) => b.volume - a.volume);
    const third = loud[2]?.volume ?? Number.NEGATIVE_INFINITY;
    for (const { producerId, volume } of loud) if (volume > third) expect(voices).toContain(producerId);
    const forwarded = loud.filter(({ producerId }) => voices?.includes(producerId));
    expect(forwarded.length).toBeGreaterThanOrEqual(Math.min(3, loud.length));
  }
}

test('of 60 open microphones each listener receives twelve, and the loudest three always', async () => {
  const { speakers, listeners } = await crowd();
  expect(pool()).toHaveLength(VOICES);
  for (const listener of listeners) {
    const counts = await listener.receivedIn(1_000);
    expect(counts).toHaveLength(VOICES);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(VOICES * PACKETS_PER_SECOND * 1.5);
  }
  expect(await testNode.metric('parley_media_voices{state="forwarded"')).toBe(VOICES);
  expect(await testNode.metric('parley_media_voices{state="held_back"')).toBe(PEOPLE - VOICES);

  for (let round = 0; round < 4; round++) {
    const outside = speakers.filter(({ producerId }) => pool()?.includes(producerId) === false);
    const loud = outside.slice(0, 3);
    for (const [index, speaker] of loud.entries()) speaker.level = 10 + index * 5;
    await waitFor(() => loud.every(({ producerId }) => pool()?.includes(producerId)));
    for (const speaker of loud) {
      speaker.beginTone();
      for (const listener of listeners) await waitFor(() => listener.tone(speaker.peerId).length > 3);
    }
    for (const speaker of loud) speaker.level = SILENCE;
    for (const listener of listeners) expect((await listener.receivedIn(300)).length).toBe(VOICES);
  }
  checkLoudest(watch.events);
  // The pool is reported when it changes, and not with each report of levels.
  expect(watch.all('voicesChanged').every(({ producerIds }) => producerIds.length <= VOICES)).toBe(true);
});

/** Packets of 20 ms. */
const FIRST_OF_TONE = 10;

test('a tone that begins 300 ms after the unmute is heard from its first packet on', async () => {
  const { listeners } = await crowd();
  const muted = Array.from({ length: 4 }, (_, index) => new Speaker(PEOPLE + index));
  for (const speaker of muted) await speaker.begin(true);
  for (const speaker of muted) {
    expect(pool()).not.toContain(speaker.producerId);
    await speaker.setMuted(false);
    await pause(300);
    speaker.beginTone();
    await waitFor(() => speaker.sentOfTone >= 30);
    for (const listener of listeners) {
      await waitFor(() => listener.tone(speaker.peerId).length >= 30);
      // Later ones may be lost on the way into this busy process.
      const first = listener.tone(speaker.peerId).slice(0, FIRST_OF_TONE);
      expect(first).toEqual(first.map((_, index) => index));
    }
    expect(pool()).toHaveLength(VOICES);
  }
  for (const listener of listeners) expect((await listener.receivedIn(500)).length).toBe(VOICES);
});

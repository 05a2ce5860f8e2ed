import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { media } from '@parley/proto/media-rpc';
import { cleanup } from 'node-datachannel';
import { Crowd, poolOf, SILENCE, type Speaker } from './support/crowd.ts';
import { TestNode } from './support/test-node.ts';

/* A room of 60 open microphones on two routers, with real packets. */

const PEOPLE = 60;
const VOICES = 12;
const PACKETS_PER_SECOND = 50;

/** A voice so loud is forwarded from its first report on. A quieter one has to be heard for longer, which `voice-choice.test.ts` tests with a clock. */
const VOICE_DBOV = -50;
/** Packets of 20 ms. */
const FIRST_OF_TONE = 10;

const newNode = (workers: number): Promise<TestNode> =>
  TestNode.create({
    workers,
    // People who join go to all workers in turn.
    limits: { cpu: 1_000, consumers: 10_000, spread: 0.0001 },
    room: { voices: VOICES },
  });

const grounds = [
  { on: 'two workers of one media node', create: async () => [await newNode(2)] },
  { on: 'two media nodes', create: () => Promise.all([newNode(1), newNode(1)]) },
];

describe.each(grounds)('60 open microphones on $on', ({ create }) => {
  let crowd: Crowd;

  beforeEach(async () => {
    crowd = new Crowd(await create());
    for (let count = 0; count < PEOPLE; count += 1) await crowd.addSpeaker();
    for (let count = 0; count < 2; count += 1) await crowd.addListener();
    for (const people of [crowd.speakers, crowd.listeners]) expect(crowd.routersOf(people).size).toBe(2);
    for (const place of crowd.places) await waitFor(() => poolOf(place)?.length === VOICES);
  });

  afterEach(async () => {
    await crowd.close();
    cleanup();
  });

  const isForwarded = (producerId: string): boolean[] =>
    crowd.places.map((place) => poolOf(place)?.includes(producerId) === true);

  function threeOfBothRouters(candidates: readonly Speaker[]): Speaker[] {
    const pair = candidates.slice(0, 2);
    const third = candidates.find((one) => !pair.includes(one) && crowd.routersOf([...pair, one]).size === 2);
    expect(third).toBeDefined();
    return [...pair, third!];
  }

  test('are received by each listener as twelve, with the loudest three always', async () => {
    const { places, speakers, listeners } = crowd;
    for (const listener of listeners) {
      const counts = await listener.receivedIn(1_000);
      expect(counts).toHaveLength(VOICES);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(VOICES * PACKETS_PER_SECOND * 1.5);
    }
    for (const { node } of places) {
      expect(await node.metric('parley_media_voices{state="forwarded"')).toBe(VOICES);
      expect(await node.metric('parley_media_voices{state="held_back"')).toBe(PEOPLE - VOICES);
    }

    for (let round = 0; round < 4; round += 1) {
      const loud = threeOfBothRouters(
        speakers.filter(({ producerId }) => !isForwarded(producerId).includes(true)),
      );
      for (const [index, speaker] of loud.entries()) speaker.level = 10 + index * 5;
      await waitFor(() => loud.every(({ producerId }) => !isForwarded(producerId).includes(false)));
      for (const speaker of loud) {
        speaker.beginTone();
        for (const listener of listeners) await waitFor(() => listener.tone(speaker.peerId).length > 3);
      }
      for (const speaker of loud) speaker.level = SILENCE;
      for (const listener of listeners) expect((await listener.receivedIn(300)).length).toBe(VOICES);
    }
    for (const { watch } of places) {
      checkLoudest(watch.events);
      // The pool is reported when it changes, and not with each report of levels.
      expect(watch.all('voicesChanged').every(({ producerIds }) => producerIds.length <= VOICES)).toBe(true);
    }
  });

  test('leave a place to each who unmutes: a tone 300 ms later is heard from its first packet on', async () => {
    const { places, listeners } = crowd;
    for (let count = 0; count < 4; count += 1) {
      const speaker = await crowd.addSpeaker({ muted: true });
      expect(isForwarded(speaker.producerId)).not.toContain(true);
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
      for (const place of places) expect(poolOf(place)).toHaveLength(VOICES);
    }
    for (const listener of listeners) expect((await listener.receivedIn(500)).length).toBe(VOICES);
  });
});

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

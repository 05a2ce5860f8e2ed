import { describe, expect, test } from '@jest/globals';
import { toMarkdown } from '../report.ts';
import { costOf, describeRooms, ratioOf } from '../room/describe-room.ts';
import type { Window } from '../room/gathering.ts';
import type { Count, Sending } from '../room/load/commands.ts';
import { LAYERS, SILENT_SENDS_ONE_OF } from '../room/rates.ts';
import { lostPercent, spreadPercent, tallyOf } from '../room/tally.ts';
import { wishesOf } from '../room/wishes.ts';

const camera = (person: number): Sending => ({
  person,
  source: 'camera',
  talks: false,
  producerId: `camera ${person}`,
});
const microphone = (person: number, talks = false): Sending => ({
  person,
  source: 'microphone',
  talks,
  producerId: `microphone ${person}`,
});
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

describe('what people of a room want', () => {
  const sendings = numbers(30).flatMap((person) => [microphone(person, person > 26), camera(person)]);
  const view = { tiles: 9, layer: 0, voices: 12 };
  const wishes = wishesOf(numbers(30), sendings, view);

  test('is nine pictures in the small layer and twelve voices, and nobody their own', () => {
    for (const { person, wishes: wanted } of wishes) {
      const ids = wanted.map(({ producerId }) => producerId);
      expect(new Set(ids).size).toBe(21);
      expect(wanted.filter(({ layer }) => layer === 0)).toHaveLength(9);
      expect(ids).not.toContain(`camera ${person}`);
      expect(ids).not.toContain(`microphone ${person}`);
    }
  });

  test('has all who talk among the voices, wherever they are in the order of joining', () => {
    for (const { person, wishes: wanted } of wishes)
      for (const talker of [27, 28, 29].filter((number) => number !== person))
        expect(wanted).toContainEqual({ producerId: `microphone ${talker}` });
  });

  test('looks at each picture about as often', () => {
    const looks = numbers(30).map(
      (number) =>
        wishes.filter(({ wishes: wanted }) =>
          wanted.some(({ producerId }) => producerId === `camera ${number}`),
        ).length,
    );
    expect(looks.reduce((sum, count) => sum + count, 0)).toBe(270);
    expect(Math.max(...looks)).toBeLessThanOrEqual(12);
    expect(Math.min(...looks)).toBeGreaterThanOrEqual(6);
  });

  test('is every other camera without a number of tiles', () => {
    const [first] = wishesOf([3], sendings, { layer: 2, voices: 0 });
    expect(first?.wishes).toHaveLength(29);
    expect(first?.wishes.every(({ layer }) => layer === 2)).toBe(true);
  });
});

describe('what arrived', () => {
  const sendings = [camera(0), microphone(0, true), microphone(1)];
  const wishes = [
    {
      person: 2,
      wishes: [
        { producerId: 'camera 0', layer: 0 },
        { producerId: 'microphone 0' },
        { producerId: 'microphone 1' },
      ],
    },
  ];
  const sent = [
    { producerId: 'camera 0', layers: [100, 110, 300] },
    { producerId: 'microphone 0', layers: [200] },
    { producerId: 'microphone 1', layers: [10] },
  ];
  const count = (pictures: number[], voices: number): Count => ({
    sent,
    losses: [],
    received: [
      {
        person: 2,
        producerId: 'camera 0',
        packets: pictures.reduce((sum, packets) => sum + packets, 0),
        bytes: 40_000,
        layers: pictures,
      },
      { person: 2, producerId: 'microphone 0', packets: voices, bytes: 20_000, layers: [voices] },
    ],
  });

  test('is complete with the picture and who talks; a silent voice may be held back', () => {
    const tally = tallyOf(wishes, sendings, count([100, 0, 0], 199));
    expect(tally).toEqual({
      packets: 299,
      bytes: 60_000,
      expected: 300,
      arrived: 299,
      otherLayers: 0,
      complete: 1,
      people: 1,
      smallPackets: 100,
    });
    expect(lostPercent(tally)).toBeCloseTo(100 / 300);
  });

  test('is not complete without who talks', () => {
    expect(tallyOf(wishes, sendings, count([100, 0, 0], 0)).complete).toBe(0);
  });

  test('is not complete with the picture in another layer, whose packets are counted', () => {
    const tally = tallyOf(wishes, sendings, count([0, 0, 300], 200));
    expect(tally).toMatchObject({ complete: 0, otherLayers: 300, arrived: 200, expected: 300 });
  });

  test('is not complete if nothing was sent', () => {
    const silent = { ...count([0, 0, 0], 0), sent: [] };
    expect(tallyOf(wishes, sendings, silent).complete).toBe(0);
  });
});

test('the spread is what the busiest did more than the least busy', () => {
  expect(spreadPercent([10, 12, 11])).toBeCloseTo(20);
});

/** Of five seconds, in which cameras send their smallest layer at a quarter of the rate, or less. */
const windowOf = (
  packets: number,
  bytes: number,
  cpuMs: number,
  { otherLayers = 0, smallPackets = 37.5 } = {},
): Window => ({
  tally: {
    smallPackets,
    packets,
    bytes,
    expected: packets,
    arrived: packets,
    otherLayers,
    complete: 25,
    people: 25,
  },
  usage: {
    tookMs: 5_000,
    mediaServices: (cpuMs * 1e6) / 4,
    workers: [(cpuMs * 1e6) / 4, (cpuMs * 1e6) / 4],
    signaling: (cpuMs * 1e6) / 4,
    load: 1e9,
  },
});

describe('what a person costs', () => {
  test('is packets and bytes at the whole rate, and CPU as it was', () => {
    const cost = costOf(25, 1 / 4, windowOf(10_000, 4_000_000, 500));
    expect(cost.packetsPerSecond).toBeCloseTo(320);
    expect(cost.kilobitsPerSecond).toBeCloseTo(1_024);
    expect(cost.cpuPercent).toBeCloseTo(0.4);
    expect(cost.packetMicroseconds).toBeCloseTo(50);
    expect(cost.loadPercent).toBeCloseTo(20);
    expect(cost.sentPercent).toBeCloseTo(100);
  });

  test('does not depend on how much of the rate the senders kept', () => {
    const kept = costOf(25, 1 / 4, windowOf(10_000, 4_000_000, 500));
    const half = costOf(25, 1 / 4, windowOf(5_000, 2_000_000, 500, { smallPackets: 18.75 }));
    expect(half.packetsPerSecond).toBeCloseTo(kept.packetsPerSecond);
    expect(half.kilobitsPerSecond).toBeCloseTo(kept.kilobitsPerSecond);
    expect(half.sentPercent).toBeCloseTo(50);
  });

  test('is compared as new to old', () => {
    const one = costOf(25, 1 / 4, windowOf(10_000, 4_000_000, 500));
    const other = costOf(25, 1 / 4, windowOf(40_000, 40_000_000, 1_000));
    expect(ratioOf(one, other)).toEqual({ packets: 0.25, bytes: 0.1, cpu: 0.5 });
  });
});

describe('the report of rooms', () => {
  const measured = (otherLayers: number) => [
    {
      people: 25,
      scale: 1 / 4,
      ways: ['tiles', 'everyWhole'] as const,
      windows: {
        tiles: windowOf(10_000, 4_000_000, 500, { otherLayers }),
        everyWhole: windowOf(40_000, 40_000_000, 1_000),
      },
      forwarded: { node: 12_345, receivers: 12_344 },
    },
  ];

  test('has a row for each way, its share of the rate, the ratio and the figures of the node', () => {
    const text = toMarkdown(describeRooms(measured(0), 5_000));
    expect(text).toContain(
      '| 25, nine tiles, small layer | 320 | 1024 | 1/4 | 100 | 0.4 | 50 | 0 | 25 | 20 |',
    );
    expect(text).toContain('| 25, every camera, whole picture | 0.25 | 0.1 | 0.5 |');
    expect(text).toContain('counted 12345 packets to receivers, and the receivers 12344');
  });

  test('is refused if packets had the size of another layer', () => {
    expect(() => describeRooms(measured(101), 5_000)).toThrow('25 people, tiles: 101 packets');
  });
});

test('layers differ in size, so that receivers know which one arrives', () => {
  expect(new Set(LAYERS.map(({ payloadBytes }) => payloadBytes)).size).toBe(LAYERS.length);
  expect(SILENT_SENDS_ONE_OF).toBeGreaterThan(1);
});

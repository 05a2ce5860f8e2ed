import type { ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { describe, expect, test } from '@jest/globals';
import {
  AUDIO_MAX,
  GUESSED_PICTURES_MAX,
  planConsumption,
  PRIOR_SPEAKERS_MAX,
  BESIDE_MS,
  REPLACED_WITHIN_MS,
  VIDEO_LINGER_MS,
  type Consumed,
  type Plan,
  type PlanInput,
} from '../../../src/call/receive/consumption-plan.ts';
import { NO_LIMITS, type PictureLimits } from '../../../src/call/receive/picture-mode.ts';
import { consumerId, peer, peerId, picture, producer, producerId } from '../../support/records.ts';

const NOW = 1_000_000;

function person(
  name: string,
  change: { micPaused?: boolean; cameraPaused?: boolean; screen?: boolean } = {},
): PeerRecord {
  const producers = [
    producer(`${name}-mic`, 'microphone', change.micPaused),
    producer(`${name}-cam`, 'camera', change.cameraPaused),
  ];
  if (change.screen === true)
    producers.push(producer(`${name}-screen`, 'screen'), producer(`${name}-sound`, 'screen-audio'));
  return peer(name, { producers });
}

const SOURCES: Record<string, Source> = {
  mic: 'microphone',
  cam: 'camera',
  screen: 'screen',
  sound: 'screen-audio',
};

function consumed(id: string, change: Partial<Consumed> = {}): [ProducerId, Consumed] {
  const [name = '', what = ''] = id.split('-');
  const state: Consumed = {
    consumerId: consumerId(`c-${id}`),
    producerId: producerId(id),
    peerId: peerId(name),
    source: SOURCES[what] ?? 'camera',
    paused: false,
    layers: null,
    priority: null,
    unwantedSince: null,
    begunAt: null,
  };
  return [state.producerId, { ...state, ...change }];
}

const camera = (name: string, change: Partial<Consumed> = {}) =>
  consumed(`${name}-cam`, { layers: { spatialLayer: 1, temporalLayer: 2 }, priority: 50, ...change });

function plan(change: Partial<PlanInput>): Plan {
  return planConsumption({
    peers: [],
    pictures: [],
    limits: NO_LIMITS,
    consumers: new Map(),
    refused: new Set(),
    forwarded: null,
    heard: [],
    now: NOW,
    ...change,
  });
}

const created = (result: Plan) => result.create.map((item) => item.producerId).sort();

describe('with voices only', () => {
  const peers = [person('ann', { screen: true })];
  const pictures = [picture('ann'), picture('ann', { source: 'screen' })];

  test('no picture is asked for, not even before the page has reported any', () => {
    for (const shown of [pictures, null]) {
      const { create } = plan({ peers, pictures: shown, limits: { ...NO_LIMITS, mode: 'none' } });
      expect(create.map(({ source }) => source).sort()).toEqual(['microphone', 'screen-audio']);
    }
  });

  test('pictures that are received pause at once and are closed later', () => {
    const consumers = new Map([camera('ann')]);
    const first = plan({ peers, pictures, limits: { ...NO_LIMITS, mode: 'none' }, consumers });
    expect([first.pause, first.close]).toEqual([['c-ann-cam'], []]);
    const later = new Map([camera('ann', { paused: true, unwantedSince: NOW - VIDEO_LINGER_MS })]);
    expect(plan({ peers, pictures, limits: { ...NO_LIMITS, mode: 'none' }, consumers: later }).close).toEqual(
      ['c-ann-cam'],
    );
  });
});

describe('while nobody sees the page', () => {
  const peers = [person('ann'), person('bob')];
  const outOfSight: PictureLimits = { ...NO_LIMITS, outOfSight: true };

  test('every voice goes on, and no picture is asked for', () => {
    for (const pictures of [[picture('ann'), picture('bob')], null])
      expect(created(plan({ peers, pictures, limits: outOfSight }))).toEqual(['ann-mic', 'bob-mic']);
  });

  test('pictures pause and stay paused, however long that takes, and go on at once when the page is seen', () => {
    const pictures = [picture('ann')];
    const first = plan({ peers, pictures, limits: outOfSight, consumers: new Map([camera('ann')]) });
    expect([first.pause, first.close, first.nextDueAt]).toEqual([['c-ann-cam'], [], null]);
    const consumers = new Map([camera('ann', { paused: true, unwantedSince: NOW - 100 * VIDEO_LINGER_MS })]);
    const later = plan({ peers, pictures, limits: outOfSight, consumers });
    expect([later.pause, later.close, later.nextDueAt]).toEqual([[], [], null]);
    expect(plan({ peers, pictures, consumers }).resume).toEqual(['c-ann-cam']);
  });

  test('a picture that left the page meanwhile is closed as usual', () => {
    const consumers = new Map([camera('ann', { paused: true, unwantedSince: NOW - VIDEO_LINGER_MS })]);
    expect(plan({ peers, pictures: [], limits: outOfSight, consumers }).close).toEqual(['c-ann-cam']);
  });

  test('as many pictures stay as the person wants, whoever speaks meanwhile', () => {
    const names = ['ann', 'bob', 'cat', 'dan'];
    const result = plan({
      peers: names.map((name) => person(name)),
      pictures: names.map((name) => picture(name)),
      limits: { ...outOfSight, max: 2 },
      heard: ['dan', 'cat', 'bob'].map(peerId),
      consumers: new Map(
        ['ann', 'bob', 'cat'].map((name) =>
          camera(name, { paused: true, unwantedSince: NOW - VIDEO_LINGER_MS }),
        ),
      ),
    });
    expect(result.close).toEqual(['c-ann-cam']);
    expect([...result.needed].filter((id) => id.endsWith('-cam')).toSorted()).toEqual(['bob-cam', 'cat-cam']);
    expect(created(result).filter((id) => id.endsWith('-cam'))).toEqual([]);
  });

  test('a picture in a window of its own is still received, also if the page has it in a tile too', () => {
    const pictures = [picture('ann'), picture('bob'), picture('bob', { apart: true, width: 360 })];
    expect(created(plan({ peers, pictures, limits: outOfSight }))).toEqual(['ann-mic', 'bob-cam', 'bob-mic']);
  });
});

describe('the priority of pictures', () => {
  const names = ['ann', 'bob', 'cat', 'dan'];
  const peers = names.map((name) => person(name));
  const prioritiesOf = (heard: string[], important: string) =>
    plan({
      peers,
      pictures: names.map((name) => picture(name, { important: name === important })),
      heard: heard.map(peerId),
    })
      .create.filter(({ source }) => source === 'camera')
      .map(({ priority }) => priority);

  test('is highest for what is pinned, then for those who spoke last', () => {
    const [ann, bob, cat, dan] = prioritiesOf(['me', 'cat', 'bob', 'dan'], 'ann');
    expect(ann).toBeGreaterThan(cat!);
    expect(cat).toBeGreaterThan(dan!);
    expect([bob, dan]).toEqual([cat, prioritiesOf([], 'ann')[3]]);
    expect(PRIOR_SPEAKERS_MAX).toBe(2);
  });

  test('does not change while the same people talk with each other', () => {
    expect(prioritiesOf(['cat', 'bob'], 'ann')).toEqual(prioritiesOf(['bob', 'cat'], 'ann'));
  });

  test('is sent to the server when somebody begins to speak', () => {
    const { setLayers } = plan({
      peers,
      pictures: [picture('ann')],
      consumers: new Map([camera('ann'), consumed('ann-mic')]),
      heard: [peerId('ann')],
    });
    expect(setLayers).toMatchObject([{ consumerId: 'c-ann-cam', priority: 100 }]);
  });
});

describe('the consumption plan', () => {
  test('receives the sound of everybody and the pictures that are shown', () => {
    const result = plan({ peers: [person('ann'), person('bob')], pictures: [picture('bob')] });
    expect(created(result)).toEqual(['ann-mic', 'bob-cam', 'bob-mic']);
  });

  test('receives the sound of a shared screen, and its picture only where it is shown', () => {
    const result = plan({ peers: [person('ann', { screen: true })], pictures: [] });
    expect(created(result)).toEqual(['ann-mic', 'ann-sound']);
  });

  test('has a consumer for a muted microphone, and none for a camera that is off', () => {
    const result = plan({
      peers: [person('ann', { micPaused: true, cameraPaused: true })],
      pictures: [picture('ann')],
    });
    expect(created(result)).toEqual(['ann-mic']);
  });

  test('keeps the consumer of a camera that was turned off, for when it comes back', () => {
    const result = plan({
      peers: [person('ann', { cameraPaused: true })],
      pictures: [picture('ann')],
      consumers: new Map([camera('ann')]),
    });
    expect(result.close).toEqual([]);
    expect(result.pause).toEqual([]);
  });

  test('assumes the first cameras until the page reports its pictures', () => {
    const people = Array.from({ length: 12 }, (_, index) => person(`p${index}`));
    const cameras = created(plan({ peers: people, pictures: null })).filter((id) => id.endsWith('-cam'));
    expect(cameras).toHaveLength(GUESSED_PICTURES_MAX);
  });

  test('requests the layer together with the consumer', () => {
    const result = plan({ peers: [person('ann')], pictures: [picture('ann', { width: 1280, height: 720 })] });
    expect(result.create.find((item) => item.source === 'camera')?.layers).toEqual({
      spatialLayer: 2,
      temporalLayer: 2,
    });
  });

  test('receives a picture that is shown twice only once, at the larger size', () => {
    const result = plan({
      peers: [person('ann')],
      pictures: [
        picture('ann', { width: 160, height: 90 }),
        picture('ann', { width: 1280, height: 720, important: true }),
      ],
    });
    const cameras = result.create.filter((item) => item.source === 'camera');
    expect(cameras).toMatchObject([{ layers: { spatialLayer: 2 }, priority: 200 }]);
  });

  test('ignores a picture without size and a picture of somebody who is not there', () => {
    const result = plan({
      peers: [person('ann')],
      pictures: [picture('ann', { width: 0 }), picture('gone')],
    });
    expect(created(result)).toEqual(['ann-mic']);
  });

  test('changes the layers when the tile changes, and only then', () => {
    const peers = [person('ann')];
    const consumers = new Map([camera('ann'), consumed('ann-mic')]);
    expect(plan({ peers, consumers, pictures: [picture('ann')] }).setLayers).toEqual([]);
    expect(
      plan({ peers, consumers, pictures: [picture('ann', { width: 1280, height: 720 })] }).setLayers,
    ).toEqual([
      { consumerId: 'c-ann-cam', preferredLayers: { spatialLayer: 2, temporalLayer: 2 }, priority: 50 },
    ]);
    expect(
      plan({ peers, consumers, pictures: [picture('ann', { important: true })] }).setLayers,
    ).toMatchObject([{ priority: 200 }]);
  });

  test('pauses a picture that left the screen, resumes it when it comes back soon, and else closes it', () => {
    const peers = [person('ann')];
    const gone = plan({ peers, consumers: new Map([camera('ann')]), pictures: [] });
    expect(gone.pause).toEqual(['c-ann-cam']);
    expect(gone.close).toEqual([]);
    expect(gone.nextDueAt).toBe(NOW + VIDEO_LINGER_MS);
    const lingering = new Map([camera('ann', { paused: true, unwantedSince: NOW })]);
    expect(plan({ peers, consumers: lingering, pictures: [picture('ann')], now: NOW + 5000 }).resume).toEqual(
      ['c-ann-cam'],
    );
    expect(plan({ peers, consumers: lingering, pictures: [], now: NOW + VIDEO_LINGER_MS }).close).toEqual([
      'c-ann-cam',
    ]);
  });

  test('closes at once a consumer whose sender closed the producer', () => {
    expect(plan({ consumers: new Map([camera('ann')]), pictures: [picture('ann')] }).close).toEqual([
      'c-ann-cam',
    ]);
  });

  test.each([
    ['a picture', [picture('ann')], 'cam', producer('next', 'camera')],
    ['a voice', [], 'mic', producer('next', 'microphone')],
  ] as const)(
    'keeps %s that somebody sent from another node until what they send now has begun and is shown, for three seconds at most',
    (_what, pictures, former, next) => {
      const peers = [peer('ann', { producers: [next] })];
      const [id, state] = consumed(`ann-${former}`);
      const closed = (change: Partial<PlanInput>) =>
        plan({ peers, pictures, consumers: new Map([[id, state]]), ...change }).close;
      const first = plan({ peers, pictures, consumers: new Map([[id, state]]) });
      expect([created(first), first.close, first.pause]).toEqual([['next'], [], []]);
      expect(first.nextDueAt).toBeGreaterThan(NOW);
      expect(first.nextDueAt).toBeLessThan(NOW + REPLACED_WITHIN_MS);
      const replacedAt = (begunAt: number) =>
        closed({ consumers: new Map([[id, state], consumed('next', { begunAt })]) });
      expect(replacedAt(NOW - BESIDE_MS + 1)).toEqual([]);
      expect(replacedAt(NOW - BESIDE_MS)).toEqual([state.consumerId]);
      const since = new Map([[id, { ...state, unwantedSince: NOW }]]);
      expect(closed({ consumers: since, now: NOW + REPLACED_WITHIN_MS - 1 })).toEqual([]);
      expect(closed({ consumers: since, now: NOW + REPLACED_WITHIN_MS })).toEqual([state.consumerId]);
      expect(closed({ peers: [peer('ann', { producers: [{ ...next, paused: true }] })] })).toEqual([
        state.consumerId,
      ]);
    },
  );

  test('does not request again a producer that was refused a moment ago', () => {
    const result = plan({
      peers: [person('ann')],
      pictures: [picture('ann')],
      refused: new Set([producerId('ann-cam')]),
    });
    expect(created(result)).toEqual(['ann-mic']);
  });

  test('prefers the last speakers and every shared sound when not everybody can be heard', () => {
    const people = Array.from({ length: AUDIO_MAX + 10 }, (_, index) =>
      person(`p${String(index).padStart(2, '0')}`, { screen: index === 33 }),
    );
    const heard = [peerId('p30'), peerId('p31')];
    const result = created(plan({ peers: people, heard }));
    expect(result).toHaveLength(AUDIO_MAX);
    for (const id of ['p30-mic', 'p31-mic', 'p33-sound', 'p00-mic']) expect(result).toContain(id);
    expect(result).not.toContain('p29-mic');
  });

  test('has consumers for every voice that the room forwards, also for more than are kept otherwise', () => {
    const people = Array.from({ length: AUDIO_MAX + 10 }, (_, index) => person(`p${index}`));
    const few = new Set([producerId('p33-mic'), producerId('p32-mic')]);
    const heard = people.slice(0, AUDIO_MAX).map(({ peerId: id }) => id);
    const result = created(plan({ peers: people, heard, forwarded: few }));
    expect(result).toHaveLength(AUDIO_MAX);
    for (const id of few) expect(result).toContain(id);
    const many = new Set(people.map(({ peerId: id }) => producerId(`${id}-mic`)));
    expect(created(plan({ peers: people, forwarded: many }))).toHaveLength(AUDIO_MAX + 10);
  });

  test('keeps consumers of people with a raised hand, who are about to speak', () => {
    const people = Array.from({ length: AUDIO_MAX + 10 }, (_, index) =>
      person(`p${index}`, { micPaused: index === 33 }),
    );
    const peers = people.map((one, index) => (index === 33 ? { ...one, handRaisedAt: 5 } : one));
    const heard = people.map(({ peerId: id }) => id);
    expect(created(plan({ peers, heard }))).toContain('p33-mic');
    expect(created(plan({ peers: people, heard }))).not.toContain('p33-mic');
  });

  test('prefers open microphones to muted ones in a crowd', () => {
    const people = Array.from({ length: AUDIO_MAX + 1 }, (_, index) =>
      person(`p${index}`, { micPaused: index === 0 }),
    );
    expect(created(plan({ peers: people }))).not.toContain('p0-mic');
  });

  test('has no further steps once it is carried out', () => {
    const peers = [person('ann', { screen: true }), person('bob', { cameraPaused: true })];
    const pictures = [
      picture('ann'),
      picture('ann', { source: 'screen', width: 1000, height: 600 }),
      picture('bob'),
    ];
    const first = plan({ peers, pictures });
    const consumers = new Map(
      first.create.map(({ producerId: id, layers, priority }) => consumed(id, { layers, priority })),
    );
    const second = plan({ peers, pictures, consumers });
    for (const list of [second.create, second.close, second.pause, second.resume, second.setLayers])
      expect(list).toEqual([]);
  });
});

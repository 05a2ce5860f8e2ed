import type { PeerRecord, ProducerId } from '@parley/proto';
import { describe, expect, test } from '@jest/globals';
import {
  AUDIO_MAX,
  GUESSED_PICTURES_MAX,
  planConsumption,
  VIDEO_LINGER_MS,
  type Consumed,
  type Plan,
  type PlanInput,
} from '../../../src/call/receive/consumption-plan.ts';
import type { Picture } from '../../../src/call/receive/picture.ts';
import { consumerId, peer, peerId, producer, producerId } from '../../support/records.ts';

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

const picture = (name: string, change: Partial<Picture> = {}): Picture => ({
  peerId: peerId(name),
  source: 'camera',
  width: 640,
  height: 360,
  important: false,
  ...change,
});

function consumed(id: string, change: Partial<Consumed> = {}): [ProducerId, Consumed] {
  const state: Consumed = {
    consumerId: consumerId(`c-${id}`),
    producerId: producerId(id),
    paused: false,
    layers: null,
    priority: null,
    unwantedSince: null,
  };
  return [state.producerId, { ...state, ...change }];
}

const camera = (name: string, change: Partial<Consumed> = {}) =>
  consumed(`${name}-cam`, { layers: { spatialLayer: 1, temporalLayer: 2 }, priority: 50, ...change });

function plan(change: Partial<PlanInput>): Plan {
  return planConsumption({
    peers: [],
    pictures: [],
    pictureMode: 'all',
    consumers: new Map(),
    refused: new Set(),
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
      const { create } = plan({ peers, pictures: shown, pictureMode: 'none' });
      expect(create.map(({ source }) => source).sort()).toEqual(['microphone', 'screen-audio']);
    }
  });

  test('pictures that are received pause at once and are closed later', () => {
    const consumers = new Map([camera('ann')]);
    const first = plan({ peers, pictures, pictureMode: 'none', consumers });
    expect([first.pause, first.close]).toEqual([['c-ann-cam'], []]);
    const later = new Map([camera('ann', { paused: true, unwantedSince: NOW - VIDEO_LINGER_MS })]);
    expect(plan({ peers, pictures, pictureMode: 'none', consumers: later }).close).toEqual(['c-ann-cam']);
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
    expect(cameras).toMatchObject([{ layers: { spatialLayer: 2 }, priority: 150 }]);
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
    ).toMatchObject([{ priority: 150 }]);
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

import { describe, expect, test } from '@jest/globals';
import {
  composeParticipants,
  otherPeers,
  type ParticipantSources,
} from '../../../src/call/state/participants.ts';
import { applySnapshot, NO_RECORDS } from '../../../src/call/state/records.ts';
import { peer, peerId, producer, snapshot } from '../../support/records.ts';
import { makeTrack } from '../../support/tracks.ts';

const cameraTrack = makeTrack('video');
const ann = peer('ann', {
  joinedAt: 10,
  producers: [producer('a1', 'microphone'), producer('a2', 'camera', true), producer('a3', 'screen')],
});
const bob = peer('bob', {
  joinedAt: 5,
  producers: [producer('b1', 'microphone', true), producer('b2', 'camera')],
  handRaisedAt: 77,
});
const records = applySnapshot(NO_RECORDS, snapshot(peer('me', { joinedAt: 20 }), [ann, bob]));

const sources: ParticipantSources = {
  records,
  speaking: new Set([peerId('ann'), peerId('bob'), peerId('me')]),
  trackOf: (_, source) => (source === 'camera' ? cameraTrack : null),
  qualityOf: () => 3,
  isStill: () => false,
  restoring: false,
  self: { microphoneOn: false, cameraTrack: null, screenTrack: null, screenPaused: false, quality: 4 },
};

describe('participants', () => {
  const people = composeParticipants([], sources);

  test('are oneself first, then in the order of joining', () => {
    expect(people.map((person) => person.displayName)).toEqual(['ME', 'BOB', 'ANN']);
    expect(otherPeers(records).map((other) => other.peerId)).toEqual(['bob', 'ann']);
  });

  test('that join at the same moment have the same order in every browser', () => {
    const twins = applySnapshot(NO_RECORDS, snapshot(peer('zoe'), [peer('ben'), peer('amy')]));
    expect(composeParticipants([], { ...sources, records: twins }).map((person) => person.peerId)).toEqual([
      'zoe',
      'amy',
      'ben',
    ]);
  });

  test('have their devices on or off as their producers are', () => {
    expect(people[1]).toMatchObject({
      microphoneOn: false,
      cameraOn: true,
      screenOn: false,
      cameraTrack,
      handRaisedAt: 77,
    });
    expect(people[2]).toMatchObject({
      microphoneOn: true,
      cameraOn: false,
      screenOn: true,
      cameraTrack: null,
    });
  });

  test.each([
    ['shared', [producer('a3', 'screen')], { screenOn: true, screenPaused: false }],
    ['paused', [producer('a3', 'screen', true)], { screenOn: true, screenPaused: true }],
    ['not shared', [], { screenOn: false, screenPaused: false }],
  ])('have a screen that is %s', (_how, producers, expected) => {
    const room = applySnapshot(NO_RECORDS, snapshot(peer('me'), [peer('ann', { producers })]));
    expect(composeParticipants([], { ...sources, records: room })[1]).toMatchObject(expected);
  });

  test('do not speak while they are muted', () => {
    expect(people.map((person) => person.speaking)).toEqual([false, false, true]);
  });

  test('show oneself as this browser is, before the server knows', () => {
    const [self] = composeParticipants([], {
      ...sources,
      self: { ...sources.self, microphoneOn: true, cameraTrack },
    });
    expect(self).toMatchObject({ isSelf: true, microphoneOn: true, cameraOn: true, speaking: true });
  });

  test('are restoring while their connection is lost, and all of them while one’s own media is', () => {
    const lost = applySnapshot(
      NO_RECORDS,
      snapshot(peer('me'), [peer('ann', { connection: 'reconnecting' }), bob]),
    );
    const restoring = (change: Partial<ParticipantSources>) =>
      composeParticipants([], { ...sources, ...change }).flatMap((person) =>
        person.restoring ? person.displayName : [],
      );
    expect(restoring({})).toEqual([]);
    expect(restoring({ records: lost })).toEqual(['ANN']);
    expect(restoring({ restoring: true })).toEqual(['ME', 'BOB', 'ANN']);
    expect(restoring({ isStill: ({ peerId: id }) => id === peerId('bob') })).toEqual(['BOB']);
  });

  test('do not speak while what should come of them stands still', () => {
    expect(composeParticipants([], { ...sources, isStill: () => true })[2]).toMatchObject({
      speaking: false,
    });
  });

  test('are the same objects while nothing changes, and only the changed one is new', () => {
    expect(composeParticipants(people, sources)).toBe(people);
    const quiet = composeParticipants(people, { ...sources, speaking: new Set() });
    expect(quiet).not.toBe(people);
    expect(quiet[0]).toBe(people[0]);
    expect(quiet[1]).toBe(people[1]);
    expect(quiet[2]).not.toBe(people[2]);
  });
});

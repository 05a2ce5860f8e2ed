import { describe, expect, test } from '@jest/globals';
import { ROLE_PERMISSIONS } from '@parley/proto/requests';
import type { ProducerRecord } from '@parley/proto/room';
import { returnChoice } from '../../../src/call/tab/return-choice.ts';
import { producer } from '../../support/records.ts';

const KEPT = { displayName: 'Ann', microphoneId: null, cameraId: null, speakerId: null };
const MAY_ALL = ROLE_PERMISSIONS.participant;
const HEARD = producer('mic', 'microphone');
const MUTED: ProducerRecord = { ...HEARD, paused: true };
const BY_A_HOST: ProducerRecord = { ...MUTED, pauseReason: 'muted' };

describe('a page that comes back into its call', () => {
  test.each([
    ['was heard', true, [HEARD], MAY_ALL, true],
    ['was muted', false, [HEARD], MAY_ALL, false],
    ['crashed before its last mute was stored', true, [MUTED], MAY_ALL, false],
    ['was muted by a host meanwhile', true, [BY_A_HOST], MAY_ALL, false],
    ['had lost its media', true, [], MAY_ALL, true],
    ['may not be heard any more', true, [HEARD], MAY_ALL.filter((one) => one !== 'unmute'), false],
    ['is of a viewer now', true, [HEARD], ROLE_PERMISSIONS.viewer, false],
  ] as const)(
    'that %s has the microphone accordingly',
    (_, microphoneOn, producers, permissions, expected) => {
      const choice = returnChoice(
        { ...KEPT, microphoneOn, cameraOn: false },
        { producers: [...producers] },
        permissions,
      );
      expect(choice).toEqual({ ...KEPT, microphoneOn: expected, cameraOn: false });
    },
  );

  test.each([
    [true, MAY_ALL, true],
    [false, MAY_ALL, false],
    [true, ROLE_PERMISSIONS.viewer, false],
  ])('has its camera as before where it may (on: %s)', (cameraOn, permissions, expected) => {
    const kept = { ...KEPT, microphoneOn: false, cameraOn };
    expect(returnChoice(kept, { producers: [] }, permissions).cameraOn).toBe(expected);
  });
});

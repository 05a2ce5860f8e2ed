import { describe, expect, test } from '@jest/globals';
import { rejoinChoice } from '../../src/selectors/rejoin-choice.ts';
import { callState, CHOICE, participant } from '../support/call-state.ts';

describe('the choice for the next join', () => {
  test('a microphone that was muted in the call stays muted, although it was on at the join', () => {
    const choice = rejoinChoice(CHOICE, callState({ camera: { status: 'live' } }));
    expect(choice.microphoneOn).toBe(false);
    expect(choice.cameraOn).toBe(true);
  });

  test('a device that is starting counts as on', () => {
    expect(rejoinChoice(CHOICE, callState({ microphone: { status: 'starting' } })).microphoneOn).toBe(true);
  });

  test('a new name and other devices are kept', () => {
    const state = callState({ participants: [participant('New name', { isSelf: true })] });
    const devices = { ...state.devices, microphoneId: 'm2', speakerId: 's1' };
    expect(rejoinChoice(CHOICE, { ...state, devices })).toMatchObject({
      displayName: 'New name',
      microphoneId: 'm2',
      speakerId: 's1',
    });
  });

  test('a person who mutes during a join is muted when the join is tried again', () => {
    const state = callState({ phase: 'joining', camera: { status: 'starting' } });
    expect(rejoinChoice(CHOICE, state)).toMatchObject({ microphoneOn: false, cameraOn: true });
  });

  test.each(['idle', 'left', 'failed'] as const)(
    'the devices of a call that is %s do not change the choice',
    (phase) => {
      expect(rejoinChoice(CHOICE, callState({ phase }))).toBe(CHOICE);
    },
  );
});

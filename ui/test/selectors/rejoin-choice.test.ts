import { describe, expect, test } from '@jest/globals';
import { rejoinChoice } from '../../src/selectors/rejoin-choice.ts';
import { callState, CHOICE, participant } from '../support/call-state.ts';

describe('what a person joins with again', () => {
  test('a microphone muted in the call stays muted, although it was on before', () => {
    const choice = rejoinChoice(CHOICE, callState({ camera: { status: 'live' } }));
    expect(choice.microphoneOn).toBe(false);
    expect(choice.cameraOn).toBe(true);
  });

  test('a device that is on its way counts as on', () => {
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

  test('whoever mutes while the join is under way is muted when it is tried again', () => {
    const state = callState({ phase: 'joining', camera: { status: 'starting' } });
    expect(rejoinChoice(CHOICE, state)).toMatchObject({ microphoneOn: false, cameraOn: true });
  });

  test.each(['idle', 'left', 'failed'] as const)('what a call says while it is %s is no wish', (phase) => {
    expect(rejoinChoice(CHOICE, callState({ phase }))).toBe(CHOICE);
  });
});

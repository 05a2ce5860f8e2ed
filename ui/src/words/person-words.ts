import type { Participant } from '../call/state/call-state.ts';
import { isMediaUnknown } from '../selectors/people.ts';

/** A participant and all states that a tile shows, as one sentence. */
export function personWords(participant: Participant): string {
  const unlessUnknown = (state: string) => (isMediaUnknown(participant) ? null : state);
  const states = [
    participant.microphoneOn ? (participant.speaking ? 'speaking' : null) : unlessUnknown('muted'),
    participant.cameraOn ? null : unlessUnknown('camera off'),
    participant.screenOn ? 'sharing the screen' : null,
    participant.handRaisedAt === null ? null : 'hand raised',
    participant.restoring ? 'reconnecting' : null,
    participant.quality !== null && participant.quality <= 1 ? 'poor connection' : null,
  ].filter((state) => state !== null);
  const name = participant.isSelf ? `${participant.displayName} (you)` : participant.displayName;
  return [name, ...states].join(', ');
}

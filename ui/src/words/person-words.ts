import type { Participant } from '../call/state/call-state.ts';
import { isMediaUnknown } from '../selectors/people.ts';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

/** A participant and all states that a tile shows, as one sentence. */
export function personWords(words: Words, participant: Participant): string {
  const unlessUnknown = (state: string) => (isMediaUnknown(participant) ? null : state);
  const states = [
    participant.microphoneOn ? (participant.speaking ? 'speaking' : null) : unlessUnknown('muted'),
    participant.cameraOn ? null : unlessUnknown('camera off'),
    screenWords(participant),
    participant.handRaisedAt === null ? null : 'hand raised',
    participant.restoring ? 'reconnecting' : null,
    participant.quality !== null && participant.quality <= 1 ? 'poor connection' : null,
  ].filter((state) => state !== null);
  const shownName = nameInWords(words, participant.shownName);
  const name = participant.isSelf ? `${shownName} (you)` : shownName;
  return [name, ...states].join(', ');
}

function screenWords({ screenOn, screenPaused }: Participant): string | null {
  if (screenPaused) return 'screen share paused';
  return screenOn ? 'sharing the screen' : null;
}

import { leads } from '@parley/proto/room';
import type { Participant } from '../call/state/call-state.ts';
import { isMediaUnknown } from '../selectors/people.ts';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

/** A participant and all states that a tile shows, as one sentence. */
export function personWords(words: Words, participant: Participant): string {
  const { t } = words;
  const name = nameInWords(words, participant.shownName);
  return statesOf(participant)
    .map((state) => t(`people.summary.${state}`))
    .reduce(
      (states, state) => t('people.summary.and', { states, state }),
      participant.isSelf ? t('people.summary.self', { name }) : name,
    );
}

type State =
  | 'host'
  | 'viewer'
  | 'speaking'
  | 'muted'
  | 'cameraOff'
  | 'sharing'
  | 'sharePaused'
  | 'handRaised'
  | 'reconnecting'
  | 'poorConnection';

function statesOf(participant: Participant): State[] {
  const { role, microphoneOn, cameraOn, speaking, handRaisedAt, restoring, quality } = participant;
  const unlessUnknown = (state: State) => (isMediaUnknown(participant) ? null : state);
  return [
    leads(role) ? ('host' as const) : null,
    role === 'viewer' ? ('viewer' as const) : null,
    microphoneOn ? (speaking ? 'speaking' : null) : unlessUnknown('muted'),
    cameraOn ? null : unlessUnknown('cameraOff'),
    screenState(participant),
    handRaisedAt === null ? null : ('handRaised' as const),
    restoring ? ('reconnecting' as const) : null,
    quality !== null && quality <= 1 ? ('poorConnection' as const) : null,
  ].filter((state) => state !== null);
}

function screenState({ screenOn, screenPaused }: Participant): State | null {
  if (screenPaused) return 'sharePaused';
  return screenOn ? 'sharing' : null;
}

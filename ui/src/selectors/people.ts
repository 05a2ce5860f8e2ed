import type { Participant } from '../call/index.ts';

/** Who has a hand up, the longest first. */
export function raisedHands(participants: readonly Participant[]): Participant[] {
  return participants
    .filter((participant) => participant.handRaisedAt !== null)
    .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0) || a.joinedAt - b.joinedAt);
}

/** The place in the queue of hands, from 1; null while the hand is down. */
export function handPlace(participants: readonly Participant[], participant: Participant): number | null {
  if (participant.handRaisedAt === null) return null;
  return raisedHands(participants).findIndex((raised) => raised.peerId === participant.peerId) + 1;
}

/** Without another's media one cannot tell whether they are muted or their camera is off. */
export function isMediaUnknown({ restoring, isSelf }: Participant): boolean {
  return restoring && !isSelf;
}

/** All that a tile shows about a person, in one sentence. */
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

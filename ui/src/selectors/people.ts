import type { Participant } from '../call/index.ts';

/** The participants with a raised hand, the longest raised first. */
export function raisedHands(participants: readonly Participant[]): Participant[] {
  return participants
    .filter((participant) => participant.handRaisedAt !== null)
    .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0) || a.joinedAt - b.joinedAt);
}

export type PeopleGroups = {
  readonly raised: readonly Participant[];
  readonly others: readonly Participant[];
  /** Those who only watch: many of them must not hide those who talk. */
  readonly viewers: readonly Participant[];
};

/** The participants as the list of people shows them: each is in one group. */
export function groupPeople(participants: readonly Participant[]): PeopleGroups {
  const rest = participants.filter(({ handRaisedAt }) => handRaisedAt === null);
  return {
    raised: raisedHands(participants),
    others: rest.filter(({ role }) => role !== 'viewer'),
    viewers: rest.filter(({ role }) => role === 'viewer'),
  };
}

/** The place in the queue of raised hands, from 1; null while the hand is down. */
export function handPlace(participants: readonly Participant[], participant: Participant): number | null {
  if (participant.handRaisedAt === null) return null;
  return raisedHands(participants).findIndex((raised) => raised.peerId === participant.peerId) + 1;
}

/** While the media of another participant is lost, it is unknown whether they are muted or have their camera off. */
export function isMediaUnknown({ restoring, isSelf }: Participant): boolean {
  return restoring && !isSelf;
}

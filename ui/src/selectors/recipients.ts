import type { Participant, Recipient } from '../call/index.ts';

/** Those to whom a private message can go: the others as the page shows them, and the chosen one, who may be in a crowd and not shown. */
export function recipientsOf(participants: readonly Participant[], chosen: Recipient | null): Recipient[] {
  const shown = participants
    .filter(({ isSelf }) => !isSelf)
    .map(({ peerId, shownName: name }) => ({ peerId, name }));
  const isShown = chosen === null || shown.some(({ peerId }) => peerId === chosen.peerId);
  return isShown ? shown : [...shown, chosen];
}

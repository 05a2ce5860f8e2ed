import type { Participant } from '../call/index.ts';

/** The people who came and who went between two lists. Somebody who came back as another peer did neither. */
export function comingsAndGoings(
  before: readonly Participant[],
  now: readonly Participant[],
): { came: Participant[]; went: Participant[] } {
  const known = new Set(before.map(({ peerId }) => peerId));
  const present = new Set(now.map(({ peerId }) => peerId));
  const came = now.filter(({ peerId, isSelf }) => !isSelf && !known.has(peerId));
  const went = before.filter(({ peerId, isSelf }) => !isSelf && !present.has(peerId));
  const back = came.filter((participant) => {
    const index = went.findIndex(({ displayName }) => displayName === participant.displayName);
    if (index >= 0) went.splice(index, 1);
    return index >= 0;
  });
  return { came: came.filter((participant) => !back.includes(participant)), went };
}

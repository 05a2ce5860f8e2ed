import type { CallState } from '../call/index.ts';
import { comingsAndGoings } from './comings.ts';

type Noticed = Pick<CallState, 'phase' | 'participants' | 'chat'>;

/** How often somebody else joined, wrote or raised a hand between two states: what a person may want to come back for. */
export function newsCount(before: Noticed, now: Noticed): number {
  if (before.phase !== 'joined' && before.phase !== 'reconnecting') return 0;
  return peopleNews(before, now) + newLines(before, now);
}

/** How many people knocked between two states. */
export function knockCount(before: Pick<CallState, 'waiting'>, now: Pick<CallState, 'waiting'>): number {
  if (before.waiting === now.waiting) return 0;
  const known = new Set(before.waiting.map(({ peerId }) => peerId));
  return now.waiting.filter(({ peerId }) => !known.has(peerId)).length;
}

function peopleNews(before: Noticed, now: Noticed): number {
  if (before.participants === now.participants) return 0;
  const known = new Map(before.participants.map((participant) => [participant.peerId, participant]));
  const raised = now.participants.filter(({ peerId, isSelf, handRaisedAt }) => {
    const old = known.get(peerId);
    return !isSelf && old !== undefined && old.handRaisedAt === null && handRaisedAt !== null;
  });
  return comingsAndGoings(before.participants, now.participants).came.length + raised.length;
}

function newLines(before: Noticed, now: Noticed): number {
  if (before.chat === now.chat) return 0;
  const known = new Set(before.chat.map((entry) => entry.clientMessageId));
  return now.chat.filter((entry) => !entry.own && !known.has(entry.clientMessageId)).length;
}

/** The title of a page, with the number of things that happened while it was hidden. */
export function titleWithNews(title: string, count: number): string {
  return count === 0 ? title : `(${count > 99 ? '99+' : count}) ${title}`;
}

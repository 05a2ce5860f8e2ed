import type { CallState, Participant } from '../call/index.ts';

type Announced = Pick<CallState, 'participants' | 'chat' | 'phase'>;

/** The changes between two states, in words for a person who does not look at the screen. */
export function announcements(before: Announced, now: Announced, chatIsOpen: boolean): string[] {
  if (before.phase !== 'joined' && before.phase !== 'reconnecting') return [];
  return [...peopleChanges(before, now), ...(chatIsOpen ? [] : newMessages(before, now))];
}

function peopleChanges(before: Announced, now: Announced): string[] {
  if (before.participants === now.participants) return [];
  const known = new Map(before.participants.map((participant) => [participant.peerId, participant]));
  const lines: string[] = [];
  for (const participant of now.participants) {
    const old = known.get(participant.peerId);
    known.delete(participant.peerId);
    if (participant.isSelf) continue;
    const name = participant.displayName;
    if (old === undefined) {
      lines.push(`${name} joined`);
      continue;
    }
    if (isNewlyLost(old, participant, now)) lines.push(`${name} is reconnecting`);
    if (old.handRaisedAt === null && participant.handRaisedAt !== null) lines.push(`${name} raised a hand`);
    if (!old.screenOn && participant.screenOn) lines.push(`${name} shares the screen`);
    if (old.screenOn && !participant.screenOn && !participant.restoring)
      lines.push(`${name} stopped sharing the screen`);
  }
  for (const gone of known.values()) if (!gone.isSelf) lines.push(`${gone.displayName} left`);
  return lines;
}

/** False while the own connection is lost: all others seem to be lost then, and `ConnectionState` shows the cause. */
function isNewlyLost(old: Participant, participant: Participant, { participants }: Announced): boolean {
  const isLost = old.connection === 'connected' && participant.connection === 'reconnecting';
  return isLost && participants.every(({ isSelf, restoring }) => !isSelf || !restoring);
}

function newMessages(before: Announced, now: Announced): string[] {
  if (before.chat === now.chat) return [];
  const known = new Set(before.chat.map((entry) => entry.clientMessageId));
  return now.chat
    .filter((entry) => !entry.own && !known.has(entry.clientMessageId))
    .map(
      (entry) =>
        `${entry.toPeerId === null ? 'Message' : 'Private message'} from ${entry.fromName}: ${entry.text}`,
    );
}

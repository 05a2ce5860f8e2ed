import type { CallState, Participant } from '../call/index.ts';

type Watched = Pick<CallState, 'participants' | 'chat' | 'phase'>;

/** What changed between two states that a person who does not look at the screen should hear. */
export function announcements(before: Watched, now: Watched, chatIsOpen: boolean): string[] {
  if (before.phase !== 'joined' && before.phase !== 'reconnecting') return [];
  return [...peopleChanges(before, now), ...(chatIsOpen ? [] : newMessages(before, now))];
}

function peopleChanges(before: Watched, now: Watched): string[] {
  if (before.participants === now.participants) return [];
  const known = new Map(before.participants.map((participant) => [participant.peerId, participant]));
  const said: string[] = [];
  for (const participant of now.participants) {
    const old = known.get(participant.peerId);
    known.delete(participant.peerId);
    if (participant.isSelf) continue;
    const name = participant.displayName;
    if (old === undefined) {
      said.push(`${name} joined`);
      continue;
    }
    if (isNewlyLost(old, participant, now)) said.push(`${name} is reconnecting`);
    if (old.handRaisedAt === null && participant.handRaisedAt !== null) said.push(`${name} raised a hand`);
    if (!old.screenOn && participant.screenOn) said.push(`${name} shares the screen`);
    if (old.screenOn && !participant.screenOn && !participant.restoring)
      said.push(`${name} stopped sharing the screen`);
  }
  for (const gone of known.values()) if (!gone.isSelf) said.push(`${gone.displayName} left`);
  return said;
}

/** While it is our own connection that is lost, that is said once for all by `ConnectionState`. */
function isNewlyLost(old: Participant, participant: Participant, { participants }: Watched): boolean {
  const isLost = old.connection === 'connected' && participant.connection === 'reconnecting';
  return isLost && participants.every(({ isSelf, restoring }) => !isSelf || !restoring);
}

function newMessages(before: Watched, now: Watched): string[] {
  if (before.chat === now.chat) return [];
  const known = new Set(before.chat.map((entry) => entry.clientMessageId));
  return now.chat
    .filter((entry) => !entry.own && !known.has(entry.clientMessageId))
    .map(
      (entry) =>
        `${entry.toPeerId === null ? 'Message' : 'Private message'} from ${entry.fromName}: ${entry.text}`,
    );
}

import { leads, LOBBY_NAMES_MAX, type PeerRecord } from '@parley/proto/room';

/** The names that people in the lobby read: of those who lead, of those who send something, and of others who do not only watch. */
export function namedPeople(records: readonly PeerRecord[]): string[] {
  const people = records.filter(({ role }) => role !== 'viewer');
  const ordered = people.sort((a, b) => rank(a) - rank(b) || a.joinedAt - b.joinedAt);
  return ordered.slice(0, LOBBY_NAMES_MAX).map(({ displayName }) => displayName);
}

function rank({ role, producers }: PeerRecord): number {
  if (leads(role)) return 0;
  return producers.length > 0 ? 1 : 2;
}

import type { RequestPayload, RequestResult } from '@parley/proto/requests';
import { leads, type PeerRecord, type PeopleCounts } from '@parley/proto/room';

/** Everybody has to know of those who lead, speak, show something or want to speak. Nobody has to know of each of a thousand others. */
export function isProminent({ role, handRaisedAt, producers }: PeerRecord): boolean {
  return leads(role) || handRaisedAt !== null || producers.length > 0;
}

export function countsOf(records: readonly PeerRecord[]): PeopleCounts {
  return { all: records.length, viewers: records.filter(({ role }) => role === 'viewer').length };
}

/** A page of these people, whatever their order is. */
export function pageOf(
  records: readonly PeerRecord[],
  { search = '', after, limit }: RequestPayload<'people:list'>,
): RequestResult<'people:list'> {
  const wanted = folded(search);
  const matching = records.filter(({ displayName }) => folded(displayName).includes(wanted)).sort(byPlace);
  const rest = after === undefined ? matching : matching.filter((record) => byPlace(record, after) > 0);
  const people = rest.slice(0, limit);
  const last = people.at(-1);
  const isLast = last === undefined || rest.length <= limit;
  return {
    people,
    matches: matching.length,
    next: isLast ? null : { joinedAt: last.joinedAt, peerId: last.peerId },
  };
}

type Place = Pick<PeerRecord, 'joinedAt' | 'peerId'>;

function byPlace(a: Place, b: Place): number {
  return a.joinedAt - b.joinedAt || (a.peerId < b.peerId ? -1 : Number(a.peerId > b.peerId));
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

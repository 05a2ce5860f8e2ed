import type { PeerId } from '@parley/proto/ids';
import type { SpeakersState } from '../router/speakers.ts';

/** The speakers of a room of several routers, and what the next verdict needs to know of this one. */
export type SpeechVerdict<K> = SpeakersState & {
  /** The router whose dominant speaker is that of the room, and when anybody on it was heard last. */
  leader: { of: K; heardAtMs: number } | undefined;
  /** The router that is louder than the leader's, and since when it is. */
  rival: { of: K; sinceMs: number } | undefined;
};

export const NO_VERDICT: SpeechVerdict<never> = {
  speakers: [],
  dominantPeerId: undefined,
  leader: undefined,
  rival: undefined,
};

const MAX_SPEAKERS = 8;
/** Somebody who is heard already stays before a newcomer who is louder by less. */
const KEEP_PLACE_DB = 3;
/** A rival must be louder than the leader by this, and for so long: two reports of levels in a row. A cough is one. */
const RIVAL_DB = 6;
const RIVAL_MS = 200;
/** After this silence of the leader the next voice leads at once. */
const LEADER_SILENT_MS = 500;

/** Merges what the routers of a room report into one verdict. Each router knows who is dominant among its own peers. */
export function mergeSpeech<K>(
  before: SpeechVerdict<K>,
  reports: ReadonlyMap<K, SpeakersState>,
  nowMs: number,
): SpeechVerdict<K> {
  const leading = lead(before, reports, nowMs);
  const dominantPeerId = leading.leader && dominantOf(reports, leading.leader.of);
  return { ...leading, speakers: orderSpeakers(before, reports), dominantPeerId };
}

function orderSpeakers<K>(
  before: SpeechVerdict<K>,
  reports: ReadonlyMap<K, SpeakersState>,
): SpeakersState['speakers'] {
  const heard = new Set(before.speakers.map(({ producerId }) => producerId));
  const all = [...reports.values()].flatMap(({ speakers }) => speakers);
  const place = (one: (typeof all)[number]): number =>
    one.volume + (heard.has(one.producerId) ? KEEP_PLACE_DB : 0);
  return all.toSorted((a, b) => place(b) - place(a)).slice(0, MAX_SPEAKERS);
}

function lead<K>(
  { leader, rival }: SpeechVerdict<K>,
  reports: ReadonlyMap<K, SpeakersState>,
  nowMs: number,
): Pick<SpeechVerdict<K>, 'leader' | 'rival'> {
  const begin = (of: K) => ({ leader: { of, heardAtMs: nowMs }, rival: undefined });
  const isPresent = leader !== undefined && dominantOf(reports, leader.of) !== undefined;
  const challenger = loudest(reports, isPresent ? leader.of : undefined);
  if (!isPresent)
    return challenger === undefined ? { leader: undefined, rival: undefined } : begin(challenger);
  const level = levelOf(reports, leader.of);
  const isHeard = level > Number.NEGATIVE_INFINITY;
  const kept = { of: leader.of, heardAtMs: isHeard ? nowMs : leader.heardAtMs };
  if (challenger === undefined || levelOf(reports, challenger) < level + RIVAL_DB)
    return { leader: kept, rival: undefined };
  const sinceMs = rival?.of === challenger ? rival.sinceMs : nowMs;
  const isOver = nowMs - sinceMs >= RIVAL_MS || nowMs - kept.heardAtMs >= LEADER_SILENT_MS;
  return isOver ? begin(challenger) : { leader: kept, rival: { of: challenger, sinceMs } };
}

/** The router with the loudest voice, of those with a dominant speaker. */
function loudest<K>(reports: ReadonlyMap<K, SpeakersState>, except: K | undefined): K | undefined {
  return [...reports.keys()]
    .filter((of) => of !== except && dominantOf(reports, of) !== undefined)
    .filter((of) => levelOf(reports, of) > Number.NEGATIVE_INFINITY)
    .toSorted((a, b) => levelOf(reports, b) - levelOf(reports, a))[0];
}

/** Minus infinity in silence. */
function levelOf<K>(reports: ReadonlyMap<K, SpeakersState>, of: K): number {
  return Math.max(...(reports.get(of)?.speakers ?? []).map(({ volume }) => volume));
}

function dominantOf<K>(reports: ReadonlyMap<K, SpeakersState>, of: K): PeerId | undefined {
  return reports.get(of)?.dominantPeerId;
}

import type { ProducerId } from '@parley/proto/ids';

/** What is known of an open microphone. Times are of one clock, in milliseconds. */
export type Voice = {
  readonly producerId: ProducerId;
  /** When it was unmuted, or made without a pause. */
  unmutedAtMs: number;
  /** In dBov, as last reported; undefined while it is not heard. */
  level: number | undefined;
  /** Since when it is heard without a gap; undefined while it is not. */
  heardSinceMs: number | undefined;
  /** When it was last heard as a voice and not as one moment of noise; undefined if it never was. */
  spokeAtMs: number | undefined;
  /** Since when the hand of its peer is up; undefined if it is not. */
  handAtMs: number | undefined;
  /** Whether it is forwarded now. */
  chosen: boolean;
};

/** So many voices that are heard now are always forwarded. */
const LOUDEST = 3;
/** So loud it is a voice from the first report on. Reports begin at -65 dBov; a fan or a key is below this, and even soft speech is not for long. */
const VOICE_DBOV = -50;
/** The others have to be heard in two reports in a row: the noise of a large room would else change the pool four times a second. */
const STEADY_MS = 200;
/** How long an unmute comes before everything but the loudest: people unmute, wait for a gap, and speak. */
export const JUST_UNMUTED_MS = 10_000;

/** Smaller comes first. */
const RANKS = { loudest: 0, justUnmuted: 1, heard: 2, hand: 3, rest: 4 } as const;
type Rank = (typeof RANKS)[keyof typeof RANKS];

/** Whether it is a voice, and not one moment of noise. */
export function isSteady({ level, heardSinceMs, chosen }: Voice, nowMs: number): boolean {
  return level !== undefined && (chosen || nowMs - (heardSinceMs ?? nowMs) >= STEADY_MS);
}

/** The voices that are heard now and are louder than all others, the loudest first. */
export function loudestOf(voices: readonly Voice[], nowMs: number): readonly Voice[] {
  return voices
    .filter((voice) => levelOf(voice) >= VOICE_DBOV || isSteady(voice, nowMs))
    .toSorted((a, b) => levelOf(b) - levelOf(a))
    .slice(0, LOUDEST);
}

/**
 * Chooses the voices that are forwarded, `size` at most: the loudest, who has just unmuted (the newest first), who else is heard, who has a hand up, then who spoke or
 * unmuted last. Of equals those that are forwarded already, so that nothing changes without need.
 */
export function chooseVoices(voices: readonly Voice[], size: number, nowMs: number): readonly Voice[] {
  if (voices.length <= size) return voices;
  const loudest = new Set(loudestOf(voices, nowMs));
  return voices
    .map((voice) => ({ voice, rank: rankOf(voice, loudest, nowMs) }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.rank, a.voice, b.voice) || keep(a.voice, b.voice))
    .slice(0, size)
    .map(({ voice }) => voice);
}

function rankOf(voice: Voice, loudest: ReadonlySet<Voice>, nowMs: number): Rank {
  if (loudest.has(voice)) return RANKS.loudest;
  if (nowMs - voice.unmutedAtMs < JUST_UNMUTED_MS) return RANKS.justUnmuted;
  if (isSteady(voice, nowMs)) return RANKS.heard;
  return voice.handAtMs === undefined ? RANKS.rest : RANKS.hand;
}

function compare(rank: Rank, a: Voice, b: Voice): number {
  if (rank === RANKS.loudest) return levelOf(b) - levelOf(a);
  if (rank === RANKS.justUnmuted) return b.unmutedAtMs - a.unmutedAtMs;
  if (rank === RANKS.heard) return keep(a, b) || levelOf(b) - levelOf(a);
  if (rank === RANKS.hand) return (a.handAtMs ?? 0) - (b.handAtMs ?? 0);
  return recencyOf(b) - recencyOf(a);
}

function keep(a: Voice, b: Voice): number {
  return Number(b.chosen) - Number(a.chosen);
}

function recencyOf({ spokeAtMs, unmutedAtMs }: Voice): number {
  return Math.max(spokeAtMs ?? unmutedAtMs, unmutedAtMs);
}

function levelOf({ level }: Voice): number {
  return level ?? Number.NEGATIVE_INFINITY;
}

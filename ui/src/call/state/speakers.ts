import type { PeerId } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';

/** The speaking ring stays this long after the voice stops, so that it does not flicker between words. */
export const SPEAKING_HOLD_MS = 900;
/** In dB. Quieter sound is the noise of a room and not a voice. */
const SPEAKING_MIN_VOLUME = -60;

/** The peers whose voice is heard now, as the server last reported, and the time at which each was heard last. */
export type Speakers = {
  current: ReadonlySet<PeerId>;
  lastHeardAt: ReadonlyMap<PeerId, number>;
  dominantPeerId: PeerId | null;
};

export const NO_SPEAKERS: Speakers = { current: new Set(), lastHeardAt: new Map(), dominantPeerId: null };

export function applySpeakers(
  heard: Speakers,
  event: Notification<'speakers:changed'>,
  now: number,
): Speakers {
  const current = new Set(
    event.speakers.filter(({ volume }) => volume >= SPEAKING_MIN_VOLUME).map(({ peerId }) => peerId),
  );
  const lastHeardAt = new Map(heard.lastHeardAt);
  // A peer that falls silent was heard until this moment.
  for (const peerId of [...heard.current, ...current]) lastHeardAt.set(peerId, now);
  return { current, lastHeardAt, dominantPeerId: event.dominantPeerId };
}

/** The peers that are shown as speaking: heard now, or less than SPEAKING_HOLD_MS ago. */
export function speakingNow(heard: Speakers, now: number): ReadonlySet<PeerId> {
  const speaking = new Set(heard.current);
  for (const [peerId, at] of heard.lastHeardAt) if (now - at < SPEAKING_HOLD_MS) speaking.add(peerId);
  return speaking;
}

/** When the next hold ends, in milliseconds since the epoch; null: no hold is running. */
export function nextSilenceAt(heard: Speakers, now: number): number | null {
  let next: number | null = null;
  for (const [peerId, at] of heard.lastHeardAt) {
    const endsAt = at + SPEAKING_HOLD_MS;
    if (heard.current.has(peerId) || endsAt <= now) continue;
    next = next === null ? endsAt : Math.min(next, endsAt);
  }
  return next;
}

/** The peers whose voice was heard, the latest first. */
export function byRecency(heard: Speakers): PeerId[] {
  return Array.from(heard.lastHeardAt.entries())
    .sort(([, a], [, b]) => b - a)
    .map(([peerId]) => peerId);
}

import type { PeerSession } from '../../peer/peer-session.ts';

/** So many people of a room may move at once, however small it is. */
const AT_ONCE_MIN = 2;
/** One in so many of the people of a room here moves at once, so that a move of a large room does not take as long as it is large. */
const SHARE = 10;
/** The next one does not wait longer for one whose page does nothing. */
const MOVE_MS = 2_000;

type Moving = Pick<PeerSession, 'closed' | 'mediaEpoch'>;
/** A session that is on its way to another node. */
export type Move<S extends Moving = PeerSession> = {
  readonly session: S;
  /** Of the media that it leaves. */
  readonly epoch: number;
  /** In milliseconds of a clock that never goes back. */
  readonly since: number;
};

/**
 * Which sessions begin to move now, and which moves are still under way: a few at a time, because each move is work for the browsers of all people
 * in the room.
 *
 * @param leaving The sessions that are to move, in their order.
 * @param size The number of sessions of the room here.
 */
export function dueToMove<S extends Moving>(
  leaving: readonly S[],
  moves: readonly Move<S>[],
  size: number,
  now: number,
): { due: S[]; moves: Move<S>[] } {
  const under = moves.filter(
    ({ session, epoch, since }) => !session.closed && session.mediaEpoch === epoch && now - since < MOVE_MS,
  );
  const free = Math.max(AT_ONCE_MIN, Math.ceil(size / SHARE)) - under.length;
  const isUnder = (session: S): boolean => under.some((move) => move.session === session);
  return { due: leaving.filter((session) => !isUnder(session)).slice(0, Math.max(0, free)), moves: under };
}

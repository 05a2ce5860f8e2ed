/** Why a room was closed. */
export const ROOM_CLOSE_CAUSES = ['empty', 'unwatched', 'worker_died', 'stopping', 'unused'] as const;
export type RoomCloseCause = (typeof ROOM_CLOSE_CAUSES)[number];

/** Why a peer was closed; `closed` means that its client or signaling asked for it. */
export const PEER_CLOSE_CAUSES = [
  'closed',
  'worker_died',
  'ice_timed_out',
  'room_closed',
  'never_connected',
  'unused',
  'over_limit',
] as const;
export type PeerCloseCause = (typeof PEER_CLOSE_CAUSES)[number];

/** The things that a node without capacity refuses. A voice is any sound; a link has no port left. */
export const REFUSED_THINGS = ['room', 'peer', 'voice', 'picture', 'link'] as const;
export type RefusedThing = (typeof REFUSED_THINGS)[number];

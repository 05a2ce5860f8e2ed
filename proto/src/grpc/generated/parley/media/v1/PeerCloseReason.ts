// Original file: proto/parley/media/v1/media.proto

export const PeerCloseReason = {
  PEER_CLOSE_REASON_UNSPECIFIED: 'PEER_CLOSE_REASON_UNSPECIFIED',
  /**
   * The worker of the peer died. The peer may be opened again at once. Other peers of the room may be on other workers and go on.
   */
  PEER_CLOSE_REASON_WORKER_DIED: 'PEER_CLOSE_REASON_WORKER_DIED',
  /**
   * Both transports were without ICE for longer than the node waits.
   */
  PEER_CLOSE_REASON_ICE_TIMED_OUT: 'PEER_CLOSE_REASON_ICE_TIMED_OUT',
  /**
   * The node closed the room, or is stopping.
   */
  PEER_CLOSE_REASON_ROOM_CLOSED: 'PEER_CLOSE_REASON_ROOM_CLOSED',
  /**
   * The peer sent too much for the third time. The node does not open it again.
   */
  PEER_CLOSE_REASON_OVER_LIMIT: 'PEER_CLOSE_REASON_OVER_LIMIT',
  /**
   * No transport of the peer was ever connected, although it was asked to, or had something to receive.
   */
  PEER_CLOSE_REASON_NEVER_CONNECTED: 'PEER_CLOSE_REASON_NEVER_CONNECTED',
  /**
   * Nobody in the room ever sent or received anything, for long or while others needed the capacity.
   */
  PEER_CLOSE_REASON_UNUSED: 'PEER_CLOSE_REASON_UNUSED',
} as const;

export type PeerCloseReasonInput =
  | 'PEER_CLOSE_REASON_UNSPECIFIED'
  | 0
  /**
   * The worker of the peer died. The peer may be opened again at once. Other peers of the room may be on other workers and go on.
   */
  | 'PEER_CLOSE_REASON_WORKER_DIED'
  | 1
  /**
   * Both transports were without ICE for longer than the node waits.
   */
  | 'PEER_CLOSE_REASON_ICE_TIMED_OUT'
  | 2
  /**
   * The node closed the room, or is stopping.
   */
  | 'PEER_CLOSE_REASON_ROOM_CLOSED'
  | 3
  /**
   * The peer sent too much for the third time. The node does not open it again.
   */
  | 'PEER_CLOSE_REASON_OVER_LIMIT'
  | 4
  /**
   * No transport of the peer was ever connected, although it was asked to, or had something to receive.
   */
  | 'PEER_CLOSE_REASON_NEVER_CONNECTED'
  | 5
  /**
   * Nobody in the room ever sent or received anything, for long or while others needed the capacity.
   */
  | 'PEER_CLOSE_REASON_UNUSED'
  | 6

export type PeerCloseReason = typeof PeerCloseReason[keyof typeof PeerCloseReason]

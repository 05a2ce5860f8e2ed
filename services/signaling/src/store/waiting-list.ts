import type { PeerId, RoomCode } from '@parley/proto/ids';
import type { Identity } from '@parley/proto/room';

/** `admitted`: may join now; `denied`: the same join token gets in no more. */
export type WaitingStatus = 'waiting' | 'admitted' | 'denied';

/** Somebody before the door of a room. Immutable. */
export type WaitingEntry = {
  /** Of the join token; the peer has it after the join. */
  readonly peerId: PeerId;
  readonly displayName: string;
  /** The person. */
  readonly identity: Identity;
  /** Names the network that the person comes from, see `networkName`. */
  readonly network: string;
  /** As bans name the network. */
  readonly addressHash: string;
  readonly knockedAt: number;
  readonly status: WaitingStatus;
  /** Whether the person was denied for good. */
  readonly blocked: boolean;
  readonly connected: boolean;
  /**
   * When the entry ends. While the person is connected its instance moves this on, so that entries of an instance that died end
   * by themselves. Milliseconds since the epoch by the clock of the store.
   */
  readonly expiresAt: number;
};

/** The people before the door of one room, in the order of knocking. Immutable. */
export type Waiting = {
  /** Grows with each change, also over the loss of the store's data. */
  readonly version: number;
  readonly entries: readonly WaitingEntry[];
};

/** Pure: it runs again if somebody else changed the list meanwhile. Returns the same list if nothing changes. */
export type WaitingChange = (entries: readonly WaitingEntry[]) => readonly WaitingEntry[];

export type ChangedWaiting = { readonly before: Waiting; readonly after: Waiting };

/**
 * The waiting lists of all rooms; a room needs nobody in it to have one. Every change is atomic, and the event
 * `waiting-changed` with the whole list is published to the room's listeners after it is stored. Every method rejects with `unavailable`
 * while the store is away.
 */
export interface WaitingList {
  read(code: RoomCode): Promise<Waiting>;
  change(code: RoomCode, change: WaitingChange): Promise<ChangedWaiting>;
  /** Rooms with an entry that has ended. `now` is the time by the clock of the store. */
  listExpired(now: number): Promise<RoomCode[]>;
}

export const NOBODY_WAITS: Waiting = Object.freeze({ version: 0, entries: [] });

/** The list after a change. `now` keeps versions growing after the list was empty, or lost. */
export function withEntries({ version }: Waiting, entries: readonly WaitingEntry[], now: number): Waiting {
  return { version: Math.max(version + 1, now), entries };
}

import { TokenBucket } from '@parley/common/limits';
import type { PeerId } from '@parley/proto/ids';
import { PEER_CHANGES_MAX, type Notification } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';

/** At most ten in any second. The first ones leave at once, so that a small call notices nothing. */
const RATE = { burst: 5, perSecond: 5 };

type Left = Notification<'peer:left'>;
/** The last that is to be said of a peer. */
type Change =
  | { readonly type: 'peer:joined' | 'peer:updated'; readonly peer: PeerRecord }
  | { readonly type: 'peer:left'; readonly left: Left };

/** What changed of the peers of a room since the last time. Each peer is in it once. */
export type PeerChanges = readonly Change[];

/**
 * What the clients of a room are yet to be notified of about peers: the newest state of each, not its history, so that the work for a client is bounded
 * however many people come, go and mute at once.
 */
export class PeerNews {
  readonly #send: (changes: PeerChanges) => void;
  readonly #bucket = new TokenBucket(RATE);
  /** In the order of their first change. */
  readonly #changes = new Map<PeerId, Change>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(send: (changes: PeerChanges) => void) {
    this.#send = send;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#changes.clear();
  }

  put(type: 'peer:joined' | 'peer:updated', peer: PeerRecord): void {
    const known = this.#changes.get(peer.peerId);
    // Somebody of whom the clients know nothing yet has joined, whatever changed since.
    const joined = known?.type === 'peer:joined';
    this.#add(peer.peerId, { type: joined ? 'peer:joined' : type, peer });
  }

  remove(left: Left): void {
    this.#add(left.peerId, { type: 'peer:left', left });
  }

  #add(peerId: PeerId, change: Change): void {
    if (this.#closed) return;
    this.#changes.set(peerId, change);
    if (this.#timer === undefined) this.#sendWhenDue();
  }

  #sendWhenDue(): void {
    this.#timer = undefined;
    if (this.#bucket.take()) this.#sendSome();
    if (this.#changes.size > 0)
      this.#timer = setTimeout(() => this.#sendWhenDue(), Math.ceil(this.#bucket.waitMs())).unref();
  }

  #sendSome(): void {
    const due = [...this.#changes].slice(0, PEER_CHANGES_MAX);
    for (const [peerId] of due) this.#changes.delete(peerId);
    this.#send(due.map(([, change]) => change));
  }
}

/** The same changes for a client that takes them together. */
export function batchOf(changes: PeerChanges): Notification<'peers:changed'> {
  return {
    peers: changes.flatMap((change) => (change.type === 'peer:left' ? [] : [change.peer])),
    left: changes.flatMap((change) => (change.type === 'peer:left' ? [change.left] : [])),
  };
}

import { ParleyError } from '@parley/proto/errors';
import type { PeerId } from '@parley/proto/ids';
import type { ActKind } from '@parley/proto/room';
import type { PeerSession } from '../../peer/peer-session.ts';
import type { WaitingEntry } from '../../store/waiting-list.ts';
import { decided, type Decision } from '../../store/waiting-rules.ts';
import type { Parts } from '../parts.ts';

type DoorkeeperParts = Pick<Parts, 'store' | 'acts' | 'keeper'>;

/** How long somebody who was admitted may take to join, and how long a join token that was denied is refused: longer than it lives. */
const DECISION_MS = 300_000;

/** What hosts decide about those who wait, on whichever instance these are. */
export class Doorkeeper {
  readonly #parts: DoorkeeperParts;

  constructor(parts: DoorkeeperParts) {
    this.#parts = parts;
  }

  /** Resolves with the number of those who still waited. `peerIds`: null for everybody. */
  async admit(by: PeerSession, peerIds: readonly PeerId[] | null): Promise<number> {
    return (await this.#decide(by, 'admitted', { peerIds, status: 'admitted', blocked: false })).length;
  }

  /** Rejects with `peer_not_found` if the person waits no more. */
  async deny(by: PeerSession, peerId: PeerId): Promise<void> {
    const denied = await this.#decide(by, 'denied', { peerIds: [peerId], status: 'denied', blocked: false });
    if (denied.length === 0) throw new ParleyError('peer_not_found');
  }

  /**
   * Denies the person and bans them, wherever else they wait. Rejects with `peer_not_found` if the person waits no more, and with
   * `too_many` if the room has as many bans as it may have.
   */
  async block(by: PeerSession, peerId: PeerId): Promise<void> {
    const { store, keeper } = this.#parts;
    const { entries } = await store.waiting.read(by.code);
    const person = entries.find((entry) => entry.peerId === peerId && entry.status === 'waiting');
    if (person === undefined) throw new ParleyError('peer_not_found');
    const { identity, addressHash, displayName } = person;
    // First the ban: somebody who is denied may come back at once.
    await keeper.ban(by.code, { identity, addressHash, displayName, bannedBy: by.peer.record.displayName });
    const peerIds = entries.filter((entry) => entry.identity === identity).map(idOf);
    await this.#decide(by, 'banned', { peerIds, status: 'denied', blocked: true });
  }

  async #decide(
    by: PeerSession,
    kind: ActKind,
    decision: Omit<Decision, 'expiresAt'>,
  ): Promise<readonly WaitingEntry[]> {
    const { store } = this.#parts;
    const expiresAt = store.now() + DECISION_MS;
    const { before, after } = await store.waiting.change(by.code, decided({ ...decision, expiresAt }));
    const wasWaiting = new Set(before.entries.filter(({ status }) => status === 'waiting').map(idOf));
    const changed = after.entries.filter(
      (entry) => wasWaiting.has(idOf(entry)) && entry.status !== 'waiting',
    );
    for (const entry of changed) this.#log(by, entry, kind);
    return changed;
  }

  #log(by: PeerSession, { peerId, displayName, identity }: WaitingEntry, kind: ActKind): void {
    const { record, identity: own } = by.peer;
    this.#parts.acts.add({
      code: by.code,
      kind,
      by: { peerId: record.peerId, name: record.displayName, identity: own },
      to: { peerId, name: displayName, identity },
      detail: null,
      doneAt: this.#parts.store.now(),
    });
    by.logger.info({ kind, toPeerId: peerId }, 'act done');
  }
}

function idOf({ peerId }: WaitingEntry): PeerId {
  return peerId;
}

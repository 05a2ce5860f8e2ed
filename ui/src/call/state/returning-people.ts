import type { PeerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { Records } from './records.ts';

/** A person who was in the call when the server lost it comes back by themselves within seconds. */
export const RETURN_WITHIN_MS = 8_000;

/**
 * The others of a call that this browser had to join anew. They have to join anew as well, as other peers, and until
 * they are back the page goes on showing them. A new peer with the name of one of them is that one.
 */
export class ReturningPeople {
  readonly #onChanged: () => void;
  #people: readonly PeerRecord[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** The records with those who are not back yet. The same object if nobody is missing. */
  addTo(records: Records): Records {
    if (this.#people.length === 0) return records;
    const missing = this.#people.map((person) => [person.peerId, person] as const);
    return { ...records, peers: new Map<PeerId, PeerRecord>([...records.peers, ...missing]) };
  }

  /** Call it whenever the records change. */
  follow(before: Records, now: Records): void {
    if (before.selfId !== null && now.selfId !== before.selfId) this.#expect(before);
    for (const [peerId, { displayName }] of now.peers)
      if (!before.peers.has(peerId) && peerId !== now.selfId) this.#welcome(displayName);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #expect({ selfId, peers }: Records): void {
    this.#people = [
      ...this.#people,
      ...Array.from(peers.values())
        .filter(({ peerId }) => peerId !== selfId)
        .map((record) => ({ ...record, connection: 'reconnecting' as const })),
    ];
    this.close();
    this.#timer = setTimeout(() => {
      this.#people = [];
      this.#onChanged();
    }, RETURN_WITHIN_MS);
  }

  #welcome(displayName: string): void {
    const index = this.#people.findIndex((person) => person.displayName === displayName);
    if (index >= 0) this.#people = this.#people.toSpliced(index, 1);
  }
}

import type { PeerId } from '@parley/proto/ids';
import type { Notification } from '@parley/proto/requests';
import type { Typist } from '../call-state.ts';

/** A client that goes on writing repeats it every three seconds. */
const EXPIRES_MS = 6_000;
/** Nobody reads more names than these. */
const KEPT_MAX = 20;

type TypistsOptions = { nameOf: (peerId: PeerId) => string | null; onChanged: () => void };

type Entry = { toPeerId: PeerId | null; timer: ReturnType<typeof setTimeout> };

/** The other people who write a message now. Each is forgotten after six seconds without a sign. */
export class Typists {
  readonly #options: TypistsOptions;
  readonly #entries = new Map<PeerId, Entry>();
  #list: readonly Typist[] = [];
  #closed = false;

  constructor(options: TypistsOptions) {
    this.#options = options;
  }

  /** The people who write, in the order in which they began. People whose peer is gone are left out. */
  get list(): readonly Typist[] {
    return this.#list;
  }

  close(): void {
    this.#closed = true;
    for (const peerId of this.#entries.keys()) this.#drop(peerId);
  }

  handle({ peerId, toPeerId, typing }: Notification<'chat:typed'>): void {
    if (this.#closed) return;
    const hadPlace = this.#drop(peerId);
    // Somebody of a crowd whom the page does not have must not take the place of somebody whom it can name.
    const isNamed = this.#options.nameOf(peerId) !== null;
    if (typing && isNamed && (hadPlace || this.#entries.size < KEPT_MAX)) {
      const timer = setTimeout(() => this.stop(peerId), EXPIRES_MS);
      this.#entries.set(peerId, { toPeerId, timer });
    }
    this.#publish();
  }

  /** The peer has sent the message, or left. */
  stop(peerId: PeerId): void {
    if (this.#drop(peerId)) this.#publish();
  }

  #drop(peerId: PeerId): boolean {
    clearTimeout(this.#entries.get(peerId)?.timer);
    return this.#entries.delete(peerId);
  }

  #publish(): void {
    const list = [...this.#entries].flatMap(([peerId, { toPeerId }]) => {
      const name = this.#options.nameOf(peerId);
      return name === null ? [] : [{ peerId, name, isPrivate: toPeerId !== null }];
    });
    const isSame =
      list.length === this.#list.length &&
      list.every(({ peerId, name }, at) => {
        const before = this.#list[at];
        return before?.peerId === peerId && before.name === name;
      });
    if (isSame) return;
    this.#list = list;
    this.#options.onChanged();
  }
}

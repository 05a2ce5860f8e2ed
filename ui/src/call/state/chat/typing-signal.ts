import type { PeerId } from '@parley/proto/ids';
import type { RequestInput } from '@parley/proto/requests';

/** Others take it for over after twice this time. */
const REPEAT_MS = 3_000;

export type TypingSignalOptions = {
  type: (input: RequestInput<'chat:type'>) => Promise<unknown>;
  now?: () => number;
};

/** Lets others know that the person writes a message. Whether they learn it is not worth a notice: failures are ignored. */
export class TypingSignal {
  readonly #options: TypingSignalOptions;
  #sent: { toPeerId: PeerId | null; at: number } | null = null;

  constructor(options: TypingSignalOptions) {
    this.#options = options;
  }

  /** The person changed the text, which is not empty. */
  written(toPeerId: PeerId | null): void {
    const now = this.#options.now?.() ?? Date.now();
    if (this.#sent?.toPeerId === toPeerId && now - this.#sent.at < REPEAT_MS) return;
    if (this.#sent !== null && this.#sent.toPeerId !== toPeerId) this.stop();
    this.#sent = { toPeerId, at: now };
    this.#send({ toPeerId, typing: true });
  }

  /** The person emptied the field or left it. After a message was sent, `sent` is enough. */
  stop(): void {
    if (this.#sent !== null) this.#send({ toPeerId: this.#sent.toPeerId, typing: false });
    this.#sent = null;
  }

  /** The message itself ends it for the others. */
  sent(): void {
    this.#sent = null;
  }

  #send(input: RequestInput<'chat:type'>): void {
    this.#options.type(input).catch(() => undefined);
  }
}

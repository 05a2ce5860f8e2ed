import type { Logger } from '@parley/common/logging';
import type { ChatRepository } from './chat-repository.ts';

const LOOK_INTERVAL_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Deletes chat messages that are older than the retention, at the start and every hour. Harmless on several instances. */
export class ChatRetention {
  readonly #chat: Pick<ChatRepository, 'deleteBefore'>;
  readonly #retentionMs: number;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(chat: Pick<ChatRepository, 'deleteBefore'>, days: number, logger: Logger) {
    this.#chat = chat;
    this.#retentionMs = days * DAY_MS;
    this.#logger = logger;
    this.#timer = setInterval(() => void this.look(), LOOK_INTERVAL_MS).unref();
    void this.look();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Never rejects: what cannot be deleted now is deleted an hour later. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const deleted = await this.#chat.deleteBefore(Date.now() - this.#retentionMs);
      if (deleted > 0) this.#logger.info({ messages: deleted }, 'old chat messages deleted');
    } catch (error) {
      this.#logger.warn({ err: error }, 'old chat messages not deleted');
    } finally {
      this.#looking = false;
    }
  }
}

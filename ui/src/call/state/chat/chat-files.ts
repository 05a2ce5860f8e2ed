import { FILE_MAX_BYTES } from '@parley/proto/edge';
import type { MessageId } from '@parley/proto/ids';
import type { RequestInput, RequestResult } from '@parley/proto/requests';
import type { ChatFile, ChatMessage } from '@parley/proto/room';
import { fileNameSchema } from '@parley/proto/text';
import { asFailure, CallFailure } from '../../base/call-failure.ts';
import { newUuid } from '../../base/ids.ts';
import type { ChatUpload, Recipient } from '../call-state.ts';

export type ChatFilesOptions = {
  offer: (input: RequestInput<'chat:offer-file'>) => Promise<RequestResult<'chat:offer-file'>>;
  link: (input: RequestInput<'chat:link-file'>) => Promise<RequestResult<'chat:link-file'>>;
  upload: (upload: {
    pass: string;
    file: Blob;
    onProgress: (share: number) => void;
    signal: AbortSignal;
  }) => Promise<void>;
  download: (path: string) => Promise<Blob>;
  onUploaded: (file: ChatFile, recipient: Recipient | null) => void;
  onChanged: () => void;
};

type Waiting = { upload: ChatUpload; file: File; recipient: Recipient | null; stop: AbortController };

/** More than these are not taken at once. */
const WAITING_MAX = 20;
/** Nobody reads more names than this, also of files that are not taken. */
const SHOWN_MAX = 2 * WAITING_MAX;
const PREVIEWS_MAX = 30;
/** A larger picture is not loaded only to show it small. */
const PREVIEW_MAX_BYTES = 5 * 1024 * 1024;
/** Pictures without scripts, which every supported browser shows. */
const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Whether the page may show the file itself, as a picture. */
export function isPicture({ type, size }: ChatFile): boolean {
  return PICTURE_TYPES.includes(type) && size <= PREVIEW_MAX_BYTES;
}

/** Files on their way to the server, one after the other, and pictures that came from there. Its methods do not reject. */
export class ChatFiles {
  readonly #options: ChatFilesOptions;
  /** The files that wait, in the order in which they are sent. */
  #waiting: readonly Waiting[] = [];
  #sending = false;
  /** Addresses of blobs, the oldest first. */
  readonly #previews = new Map<MessageId, Promise<string | null>>();
  #closed = false;

  constructor(options: ChatFilesOptions) {
    this.#options = options;
  }

  get uploads(): readonly ChatUpload[] {
    return this.#waiting.map(({ upload }) => upload);
  }

  close(): void {
    this.#closed = true;
    for (const { stop } of this.#waiting) stop.abort();
    for (const preview of this.#previews.values()) void preview.then(release);
    this.#previews.clear();
  }

  send(files: readonly File[], recipient: Recipient | null): void {
    if (this.#closed) return;
    for (const file of files.slice(0, Math.max(0, SHOWN_MAX - this.#waiting.length))) {
      const upload: ChatUpload = {
        id: newUuid(),
        name: file.name,
        progress: 0,
        failure: this.#obstacleOf(file),
      };
      this.#waiting = [...this.#waiting, { upload, file, recipient, stop: new AbortController() }];
    }
    this.#options.onChanged();
    void this.#sendAll();
  }

  /** Ends an upload, or takes away one that failed. */
  cancel(id: string): void {
    this.#waiting.find(({ upload }) => upload.id === id)?.stop.abort();
    this.#remove(id);
  }

  retry(id: string): void {
    this.#change(id, { failure: null, progress: 0 });
    void this.#sendAll();
  }

  /** Downloads a file as the browser does with any link; false if it cannot be had. */
  async save({ messageId }: Pick<ChatMessage, 'messageId'>): Promise<boolean> {
    try {
      const { url } = await this.#options.link({ messageId });
      const anchor = document.createElement('a');
      anchor.href = url;
      anchor.download = '';
      anchor.click();
      return true;
    } catch {
      return false;
    }
  }

  /** The address of a picture that only this page has; null if there is none to show. */
  preview({ messageId, file }: Pick<ChatMessage, 'messageId' | 'file'>): Promise<string | null> {
    if (file === undefined || !isPicture(file) || this.#closed) return Promise.resolve(null);
    const known = this.#previews.get(messageId);
    if (known !== undefined) return known;
    const made = this.#load(messageId, file.type);
    this.#previews.set(messageId, made);
    const [oldest] = this.#previews;
    if (this.#previews.size > PREVIEWS_MAX && oldest !== undefined) {
      this.#previews.delete(oldest[0]);
      void oldest[1].then(release);
    }
    return made;
  }

  async #load(messageId: MessageId, type: string): Promise<string | null> {
    try {
      const { url } = await this.#options.link({ messageId });
      const blob = await this.#options.download(url);
      // The type is one of ours, whatever the answer says.
      return URL.createObjectURL(new Blob([blob], { type }));
    } catch {
      this.#previews.delete(messageId);
      return null;
    }
  }

  #obstacleOf({ size }: File): ChatUpload['failure'] {
    if (size > FILE_MAX_BYTES) return 'too-large';
    if (size === 0) return 'empty';
    return this.#waiting.length < WAITING_MAX ? null : 'too-many';
  }

  async #sendAll(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#sendOne(next);
    this.#sending = false;
  }

  #next(): Waiting | undefined {
    return this.#closed ? undefined : this.#waiting.find(({ upload }) => upload.failure === null);
  }

  async #sendOne({ upload: { id }, file, recipient, stop }: Waiting): Promise<void> {
    const { offer, upload, onUploaded } = this.#options;
    try {
      const name = fileNameSchema.safeParse(file.name).data ?? 'file';
      const { fileId, uploadPass: pass } = await offer({ name, size: file.size });
      if (stop.signal.aborted) return;
      const onProgress = (progress: number) => this.#change(id, { progress });
      await upload({ pass, file, onProgress, signal: stop.signal });
      if (stop.signal.aborted) return;
      this.#remove(id);
      onUploaded({ fileId, name, size: file.size, type: file.type.slice(0, 100) }, recipient);
    } catch (error) {
      const { code } = error instanceof CallFailure ? error : asFailure(error);
      this.#change(id, { failure: code === 'files_full' ? 'full' : 'failed' });
    }
  }

  #change(id: string, change: Partial<ChatUpload>): void {
    this.#waiting = this.#waiting.map((one) =>
      one.upload.id === id ? { ...one, upload: { ...one.upload, ...change } } : one,
    );
    this.#options.onChanged();
  }

  #remove(id: string): void {
    this.#waiting = this.#waiting.filter(({ upload }) => upload.id !== id);
    this.#options.onChanged();
  }
}

function release(url: string | null): void {
  if (url !== null) URL.revokeObjectURL(url);
}

import type { TraceId } from '@parley/proto/ids';
import type { RequestName } from '@parley/proto/requests';
import type { Act } from '@parley/proto/room';
import type { CallFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import { pagePlayback } from '../playback/playback.ts';
import type { DeviceName } from '../devices/device-state.ts';
import type { Notice } from './call-state.ts';
import { addNotice, dropNotice, settleDevice, withdrawNotices, type NewNotice } from './notices.ts';

export type NoticeBoardOptions = {
  /** Stands in notices whose failure has no trace id of its own. */
  traceId: TraceId;
  log: ClientLog;
  /** `notices` has changed. */
  onChanged: () => void;
};

/** The notices of a call that the page shows. */
export class NoticeBoard {
  readonly #options: NoticeBoardOptions;
  readonly #stopWatching: () => void;
  #notices: readonly Notice[] = [];
  readonly #shownOnce = new Set<Notice['kind']>();
  #closed = false;

  constructor(options: NoticeBoardOptions) {
    this.#options = options;
    this.#stopWatching = pagePlayback.subscribe(() => this.#showBlocked());
  }

  get notices(): readonly Notice[] {
    return this.#notices;
  }

  add(kind: Notice['kind'], failure: CallFailure | null = null, device?: NewNotice['device']): void {
    if (this.#closed) return;
    const error = failure?.toError(this.#options.traceId) ?? null;
    this.#set(addNotice(this.#notices, { kind, error, device }));
  }

  /** Shows it the first time in a call. What goes on for a while is not news again and again. */
  addOnce(kind: Notice['kind']): void {
    if (this.#shownOnce.has(kind)) return;
    this.#shownOnce.add(kind);
    this.add(kind);
  }

  /** The server has refused a request of the person. */
  addRefused(failure: CallFailure, name: RequestName): void {
    this.#options.log('warn', 'request failed', { name, code: failure.code });
    this.add('request-failed', failure);
  }

  addAct(act: Act): void {
    if (!this.#closed) this.#set(addNotice(this.#notices, { kind: 'act', act }));
  }

  /** What a notice of this kind says is over. */
  withdraw(...kinds: Notice['kind'][]): void {
    this.#set(withdrawNotices(this.#notices, kinds));
  }

  /** What notices of these kinds say of this device is over. */
  settle(kinds: readonly Notice['kind'][], device: DeviceName): void {
    this.#set(settleDevice(this.#notices, kinds, device));
  }

  dismiss(id: string): void {
    this.#set(dropNotice(this.#notices, id));
  }

  /**
   * Plays what the browser blocked (notices `autoplay-blocked` and `pictures-blocked`). Call it in the task of a press, or
   * the browser blocks it again.
   */
  resumePlayback(): void {
    void pagePlayback.resume();
  }

  /** Adds no more notices. Those of before stay and can be dismissed. */
  close(): void {
    this.#closed = true;
    this.#stopWatching();
  }

  /** One notice for everything that is blocked. It goes when all of it plays. */
  #showBlocked(): void {
    const { blocked } = pagePlayback;
    this.withdraw('autoplay-blocked', 'pictures-blocked');
    if (blocked !== null) this.add(blocked === 'sound' ? 'autoplay-blocked' : 'pictures-blocked');
  }

  #set(notices: readonly Notice[]): void {
    if (notices === this.#notices) return;
    this.#notices = notices;
    this.#options.onChanged();
  }
}

import { roomCodeSchema, type PeerId, type Reaction, type RoomCode } from '@parley/proto';
import { asFailure, CallFailure } from './base/call-failure.ts';
import type { CallOptions } from './call-options.ts';
import { initialState } from './state/call-state.ts';
import { browserCapture } from './devices/capture.ts';
import { addNotice, dropNotice } from './state/notices.ts';
import { pageLog } from './telemetry/page-log.ts';
import { watchPage } from './page-lifecycle.ts';
import { loadPreferences, savePreferences } from './devices/preferences.ts';
import { Stay } from './stay.ts';
import { ObservableState } from './base/observable-state.ts';
import { newTraceId } from './base/ids.ts';
import type { CallState, Notice } from './state/call-state.ts';
import type { CallStatistics } from './telemetry/statistics.ts';
import type { JoinChoice } from './devices/join-choice.ts';
import type { Picture } from './receive/picture.ts';

/** The call client. Made per room page, framework-free; `ui/src/call/call.ts` implements it. */
export interface CallClient {
  /** Stable between changes, as useSyncExternalStore wants it. */
  getState(): CallState;
  subscribe(listener: () => void): () => void;

  join(choice: JoinChoice): Promise<void>;
  leave(): void;
  /** Synchronous, idempotent; frees every device. */
  close(): void;

  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  startScreenShare(): Promise<void>;
  stopScreenShare(): void;
  selectMicrophone(deviceId: string): Promise<void>;
  selectCamera(deviceId: string): Promise<void>;
  selectSpeaker(deviceId: string): Promise<void>;

  setPictures(pictures: readonly Picture[]): void;
  /** A picture of somebody else is on the screen: ends the wait that is measured. */
  pictureShown(): void;
  setHand(raised: boolean): void;
  react(reaction: Reaction): void;
  rename(displayName: string): Promise<void>;
  sendChat(text: string, toPeerId: PeerId | null): void;
  retryChat(clientMessageId: string): void;
  markChatRead(): void;
  dismissNotice(id: string): void;
  /** Plays sound after the browser refused to without a gesture. */
  resumeAudio(): Promise<void>;
  getStatistics(): Promise<CallStatistics>;
}

/** Throws CallFailure `invalid_room_code`. Nothing is sent or captured before `join`. */
export function createCall(roomCode: string, options: CallOptions): CallClient {
  const parsed = roomCodeSchema.safeParse(roomCode);
  if (!parsed.success) throw new CallFailure('invalid_room_code');
  return new Call(parsed.data, options);
}

const NO_STATISTICS: Omit<CallStatistics, 'at'> = {
  path: { protocol: null, local: null, remote: null },
  roundTripMs: null,
  availableOutgoingBitrate: null,
  streams: [],
};

/** What the page holds: state to show, and commands that go to the present stay. */
class Call implements CallClient {
  readonly #options: CallOptions;
  readonly #roomCode: RoomCode;
  readonly #store: ObservableState<CallState>;
  readonly #stopWatching: () => void;
  #stay: Stay | null = null;
  #pictures: readonly Picture[] | null = null;
  #closed = false;

  constructor(roomCode: RoomCode, options: CallOptions) {
    this.#roomCode = roomCode;
    this.#options = options;
    this.#store = new ObservableState(initialState(roomCode, loadPreferences()));
    this.#stopWatching = watchPage({
      onHide: () => this.leave(),
      onNetworkChanged: () => this.#stay?.networkChanged(),
    });
  }

  getState(): CallState {
    return this.#store.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  /** Never rejects: how it ended is in `phase` and `error`. May be called again after leaving or failing. */
  async join(choice: JoinChoice): Promise<void> {
    if (this.#closed || this.#stay !== null) {
      for (const track of Object.values(choice.tracks ?? {})) track?.stop();
      return;
    }
    savePreferences({
      displayName: choice.displayName,
      microphoneId: choice.microphoneId,
      cameraId: choice.cameraId,
      speakerId: choice.speakerId,
    });
    const traceId = newTraceId();
    const stay = this.#makeStay(choice, traceId);
    this.#stay = stay;
    this.#store.update({ ...initialState(this.#roomCode, choice), phase: 'joining', traceId });
    if (this.#pictures !== null) stay.media.consumption.setPictures(this.#pictures);
    try {
      await stay.join();
    } catch (error) {
      if (this.#stay === stay) this.#fail(stay, asFailure(error));
    }
  }

  leave(): void {
    const stay = this.#stay;
    if (stay === null) return;
    this.#stay = null;
    stay.leave();
    this.#end({ phase: 'left' });
  }

  close(): void {
    if (this.#closed) return;
    this.leave();
    this.#closed = true;
    this.#stopWatching();
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.#stay?.local.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#stay?.local.setCamera(on);
  }

  async startScreenShare(): Promise<void> {
    await this.#stay?.local.screen.start();
  }

  stopScreenShare(): void {
    this.#stay?.local.screen.stop();
  }

  async selectMicrophone(deviceId: string): Promise<void> {
    await this.#stay?.local.selectMicrophone(deviceId);
  }

  async selectCamera(deviceId: string): Promise<void> {
    await this.#stay?.local.selectCamera(deviceId);
  }

  async selectSpeaker(deviceId: string): Promise<void> {
    this.#stay?.local.selectSpeaker(deviceId);
  }

  setPictures(pictures: readonly Picture[]): void {
    this.#pictures = pictures;
    this.#stay?.media.consumption.setPictures(pictures);
  }

  pictureShown(): void {
    this.#stay?.telemetry.pictureShown();
  }

  setHand(raised: boolean): void {
    this.#stay?.setHand(raised);
  }

  react(reaction: Reaction): void {
    this.#stay?.react(reaction);
  }

  async rename(displayName: string): Promise<void> {
    if ((await this.#stay?.rename(displayName)) === true) savePreferences({ displayName });
  }

  sendChat(text: string, toPeerId: PeerId | null): void {
    this.#stay?.chat.send(text, toPeerId);
  }

  retryChat(clientMessageId: string): void {
    this.#stay?.chat.retry(clientMessageId);
  }

  markChatRead(): void {
    this.#stay?.chat.markRead();
  }

  dismissNotice(id: string): void {
    this.#store.update({ notices: dropNotice(this.#store.get().notices, id) });
  }

  async resumeAudio(): Promise<void> {
    const { notices } = this.#store.get();
    this.#store.update({ notices: notices.filter((notice) => notice.kind !== 'autoplay-blocked') });
    await this.#stay?.audio.resume();
  }

  async getStatistics(): Promise<CallStatistics> {
    return (await this.#stay?.statistics.read()) ?? { at: Date.now(), ...NO_STATISTICS };
  }

  #makeStay(choice: JoinChoice, traceId: Stay['traceId']): Stay {
    const stay: Stay = new Stay({
      roomCode: this.#roomCode,
      origin: this.#options.origin ?? location.origin,
      traceId,
      choice,
      device: this.#options.device,
      capture: this.#options.capture ?? browserCapture,
      update: (patch) => {
        if (this.#stay === stay) this.#store.update(patch);
      },
      notify: (kind, failure) => {
        if (this.#stay === stay) this.#notify(kind, failure);
      },
      onFailed: (failure) => {
        if (this.#stay === stay) this.#fail(stay, failure);
      },
      log: this.#options.log ?? pageLog(),
    });
    return stay;
  }

  #fail(stay: Stay, failure: CallFailure): void {
    this.#stay = null;
    stay.leave(failure);
    this.#end({ phase: 'failed', error: failure.toError(stay.traceId) });
  }

  /** The devices are free and nobody is there any more; chat and notices stay to be read. */
  #end(patch: Partial<CallState>): void {
    const released = { status: 'released' } as const;
    this.#pictures = null;
    this.#store.update({
      participants: [],
      dominantPeerId: null,
      reactions: [],
      microphone: released,
      camera: released,
      screen: released,
      ...patch,
    });
  }

  #notify(kind: Notice['kind'], failure: CallFailure | null): void {
    const { notices, traceId } = this.#store.get();
    this.#store.update({ notices: addNotice(notices, kind, failure?.toError(traceId) ?? null) });
  }
}

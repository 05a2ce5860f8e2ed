import type {
  Act,
  PeerId,
  Reaction,
  RequestInput,
  RequestName,
  RoomCode,
  Snapshot,
  TraceId,
} from '@parley/proto';
import { afterDrawing } from './base/after-drawing.ts';
import { Batch } from './base/batch.ts';
import { asFailure, type CallFailure } from './base/call-failure.ts';
import { within } from './base/deadline.ts';
import { newTraceId } from './base/ids.ts';
import { bindLog, type ClientLog } from './base/log.ts';
import { ObservableState } from './base/observable-state.ts';
import { RestClient } from './base/rest-client.ts';
import { runAll } from './base/run-all.ts';
import { browserCapture, type Capture } from './devices/capture.ts';
import type { JoinChoice } from './devices/join-choice.ts';
import { LocalMedia } from './devices/local-media.ts';
import { callPreferences } from './devices/call-preferences.ts';
import { dispatch } from './dispatch.ts';
import { Media } from './media/media.ts';
import type { MediaDevice } from './media/media-device.ts';
import { MediaWatch } from './media/media-watch.ts';
import { watchPage } from './page-lifecycle.ts';
import { pagePlayback } from './playback/playback.ts';
import type { Picture } from './receive/picture.ts';
import type { PictureMode } from './receive/picture-mode.ts';
import { RemoteAudio } from './receive/remote-audio.ts';
import { SignalingClient, type JoinReply } from './signaling/signaling-client.ts';
import type { NotificationEvent } from './signaling/signaling-connection.ts';
import { endedState, initialState, type CallState } from './state/call-state.ts';
import { Chat } from './state/chat.ts';
import { chatRequests } from './state/chat-requests.ts';
import { composeState } from './state/compose-state.ts';
import type { DesiredValue } from './state/desired-value.ts';
import { isPoor, NetworkWatch } from './state/network-watch.ts';
import { Leading } from './state/leading.ts';
import { NoticeBoard } from './state/notice-board.ts';
import { ownHand, ownName } from './state/own-values.ts';
import { Reactions } from './state/reactions.ts';
import { RoomState } from './state/room-state.ts';
import type { CallTelemetry } from './telemetry/call-telemetry.ts';
import { admitToPageLog, pageLog } from './telemetry/page-log.ts';
import { reportingTelemetry } from './telemetry/reporting.ts';
import { StatisticsReader } from './telemetry/statistics-reader.ts';

export type CallOptions = {
  roomCode: RoomCode;
  choice: JoinChoice;
  /** Shared by all calls of a page. The page creates it early, because its preparation takes time. */
  device: MediaDevice;
  /** Scheme, host and port of REST and signaling. Default: the origin of the page. */
  origin?: string;
  log?: ClientLog;
  /** Opens the devices. Default: the browser. Tests pass a fake. */
  capture?: Capture;
};

/** The page draws the call at most this long after the join. */
const DRAWN_WITHIN_MS = 250;

/**
 * The call of one browser in one room, from the join until the user leaves. A `Call` joins once; the next join needs
 * another `Call`. Nothing is sent or captured before `join`. The call owns its parts and passes events between them.
 * The page reads `getState` and sends its commands to `devices`, `chat` or the call.
 */
export class Call {
  readonly devices: LocalMedia;
  readonly chat: Chat;
  readonly statistics: StatisticsReader;
  readonly notices: NoticeBoard;
  /** What the person may do who leads the call. */
  readonly leading: Leading;
  readonly #options: CallOptions;
  readonly #origin: string;
  readonly #traceId: TraceId = newTraceId();
  readonly #log: ClientLog;
  readonly #state: ObservableState<CallState>;
  readonly #room: RoomState;
  readonly #reactions: Reactions;
  /** However much the others of the room send, the page follows with a bounded number of changes. */
  readonly #arrivals = new Batch<NotificationEvent>((events) => this.#apply(events));
  readonly #signaling: SignalingClient;
  readonly #media: Media;
  readonly #mediaWatch: MediaWatch;
  readonly #audio: RemoteAudio;
  readonly #telemetry: CallTelemetry;
  readonly #network = new NetworkWatch({
    onPoor: () => this.notices.add('network-poor'),
    onRecovered: () => this.notices.withdraw('network-poor'),
  });
  readonly #stopWatching: () => void;
  readonly #ask: SignalingClient['request'] = (name, input) => this.#signaling.request(name, input);
  readonly #name: DesiredValue<string>;
  readonly #hand: DesiredValue<boolean>;
  /** Whether the camera was on when `setPictureMode('none')` turned it off. */
  #cameraWasOn = false;
  /** The permission to send log lines and reports of the quality; it comes with the join token. */
  #reportPass: string | null = null;
  #composing = false;
  #closed = false;

  constructor(options: CallOptions) {
    const { roomCode, choice } = options;
    this.#options = options;
    this.#origin = options.origin ?? location.origin;
    this.#state = new ObservableState(initialState(roomCode, choice));
    this.#room = new RoomState(() => this.#compose());
    this.#log = bindLog(options.log ?? pageLog(), () => ({
      traceId: this.#traceId,
      room: roomCode,
      peer: this.#room.records.selfId,
    }));
    this.notices = new NoticeBoard({
      traceId: this.#traceId,
      onChanged: () => this.#state.update({ notices: this.notices.notices }),
    });
    this.#reactions = new Reactions(() => this.#compose());
    this.#name = ownName(choice.displayName, {
      ask: this.#ask,
      onChanged: (rename) => this.#update({ rename }),
      onRefused: (failure) => this.#logRefused('peer:set-profile', failure),
    });
    this.#hand = ownHand(this.#ask, (failure) => this.#reportRefused(failure, 'peer:set-hand'));
    this.#signaling = this.#makeSignaling();
    this.#media = this.#makeMedia();
    this.#mediaWatch = new MediaWatch((blocked) => this.#handleMediaBlocked(blocked));
    this.statistics = new StatisticsReader(this.#media, () => this.#room.records.selfId);
    const reportPass = (): string | null => this.#reportPass;
    const { statistics } = this;
    this.#telemetry = reportingTelemetry({ origin: this.#origin, statistics, reportPass, log: this.#log });
    this.#audio = new RemoteAudio(choice.speakerId, {
      playback: pagePlayback,
      onSound: () => this.#telemetry.soundStarted(),
      log: this.#log,
    });
    this.devices = this.#makeDevices();
    this.chat = this.#makeChat();
    this.leading = new Leading({
      request: this.#ask,
      onChanged: () => this.#compose(),
      onFailed: (failure, name) => this.#reportRefused(failure, name),
    });
    this.#stopWatching = watchPage({
      onHide: () => this.leave(),
      onNetworkChanged: () => {
        this.#signaling.networkChanged();
        this.#media.transports?.restartIce();
      },
    });
  }

  /** Returns the same object until something changes, as useSyncExternalStore requires. */
  getState(): CallState {
    return this.#state.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  /**
   * Joins the room. Never rejects: the result is in `phase` and `error` of the state. The devices open at the same
   * time, and the join does not wait for them.
   */
  async join(): Promise<void> {
    if (this.#closed || this.getState().phase !== 'idle') return;
    this.#update({ phase: 'joining', traceId: this.#traceId });
    try {
      const { choice } = this.#options;
      // The call owns the tracks from here on, and frees them whatever fails.
      if (choice.tracks !== undefined) this.devices.adopt(choice.tracks);
      this.#telemetry.joinPressed(choice);
      const joined = this.#signaling.join();
      // The request is under way and does not wait for this.
      this.#useChoice();
      await joined;
    } catch (error) {
      this.#end(asFailure(error));
    }
  }

  /**
   * Leaves the room and frees every device. The request is sent in the same task, so that it goes out even while the
   * page is closing.
   */
  leave(): void {
    if (this.getState().phase !== 'idle') this.#end(null);
  }

  /**
   * Leaves the room and frees every device, also the tracks of a call that was never joined. Synchronous and
   * idempotent.
   */
  close(): void {
    this.leave();
    if (!this.#closed) this.#stopParts();
    this.#runSteps([() => this.#media.close()]);
  }

  /** Sets the pictures that the page shows now. Other pictures are not received. */
  setPictures(pictures: readonly Picture[]): void {
    if (!this.#closed) this.#media.consumption.setPictures(pictures);
  }

  /** Limits the pictures that are received. With `none` the own camera is off as well; it comes back with the pictures. */
  setPictureMode(mode: PictureMode): void {
    const before = this.getState().pictureMode;
    if (this.#closed || mode === before) return;
    this.#update({ pictureMode: mode });
    this.#media.consumption.setPictureMode(mode);
    if (mode === 'none') {
      this.#cameraWasOn = this.devices.camera.on;
      void this.devices.setCamera(false);
    } else if (before === 'none' && this.#cameraWasOn) void this.devices.setCamera(true);
  }

  /** Called when a picture of another peer is on the screen. Telemetry measures the time until the first one. */
  pictureShown(): void {
    this.#telemetry.pictureShown();
  }

  setHand(raised: boolean): void {
    this.#hand.want(raised);
  }

  react(reaction: Reaction): void {
    const self = this.#room.self;
    if (this.#closed || self === null) return;
    this.#reactions.show(self.peerId, self.displayName, reaction);
    void this.#request('peer:react', { reaction });
  }

  /** What becomes of it is in `rename` of the state. */
  rename(displayName: string): void {
    this.#name.want(displayName);
  }

  /** Saves the choice for the next call, and opens the devices of which the page gave no track. */
  #useChoice(): void {
    const { displayName, microphoneId, cameraId, speakerId, microphoneOn, cameraOn } = this.#options.choice;
    callPreferences.save({ displayName, microphoneId, cameraId, speakerId });
    if (microphoneOn && !this.devices.microphone.on) void this.devices.setMicrophone(true);
    if (cameraOn && !this.devices.camera.on) void this.devices.setCamera(true);
  }

  #makeSignaling(): SignalingClient {
    const { roomCode, device } = this.#options;
    return new SignalingClient({
      origin: this.#origin,
      rest: new RestClient({
        origin: this.#origin,
        traceId: () => this.#traceId,
        onReportPass: (pass) => this.#handleReportPass(pass),
      }),
      roomCode,
      traceId: () => this.#traceId,
      displayName: () => this.#name.value,
      rtpCapabilities: async () => (await device.ready()).rtpCapabilities,
      onAdmitted: (reportMetrics) => this.#telemetry.admitted(reportMetrics),
      onWaiting: () => this.#update({ phase: 'waiting' }),
      onJoined: (reply) => this.#handleJoined(reply),
      onResumed: (snapshot, mediaKept) => this.#handleResumed(snapshot, mediaKept),
      onLost: () => {
        this.#update({ phase: 'reconnecting' });
        this.#compose();
      },
      onNotification: (event) => this.#arrivals.add(event),
      onFailed: (failure) => this.#end(failure),
      log: this.#log,
    });
  }

  #handleReportPass(pass: string): void {
    this.#reportPass = pass;
    admitToPageLog(this.#traceId, pass);
  }

  #makeMedia(): Media {
    return new Media({
      device: this.#options.device,
      signaling: () => this.#signaling,
      peers: () => this.#room.others,
      heard: () => this.#room.heard,
      onChanged: () => this.#compose(),
      onRestored: () => {
        this.#log('info', 'media restored');
        this.notices.add('media-restored');
      },
      onPublicationFailed: (source, failure) => this.devices.fail(source, failure),
      log: this.#log,
    });
  }

  #makeDevices(): LocalMedia {
    const { capture, choice } = this.#options;
    return new LocalMedia({
      capture: capture ?? browserCapture,
      chosen: choice,
      sinks: this.#media.publications,
      onChanged: () => this.#compose(),
      onSpeakerChanged: (speakerId) => void this.#audio.setSpeaker(speakerId),
      afterMute: callPreferences.load().afterMute,
      onNotice: (kind, failure, device) => this.notices.add(kind, failure, device),
      onNoticesOver: (kinds, device) => this.notices.settle(kinds, device),
      onTrouble: (device, code) => this.#telemetry.deviceFailed(device, code),
    });
  }

  #makeChat(): Chat {
    return new Chat({
      ...chatRequests((name, input) => this.#signaling.request(name, input), this.#origin),
      self: () => this.#room.self,
      nameOf: (peerId: PeerId) => this.#room.nameOf(peerId),
      onChanged: () => this.#compose(),
      onFailed: (failure, name) => this.#reportRefused(failure, name),
    });
  }

  #handleJoined({ snapshot, transports }: JoinReply): void {
    this.#load(snapshot);
    this.#telemetry.joined(snapshot);
    void this.#media.open(transports, snapshot.iceServers).catch((error: unknown) => {
      this.#log('error', 'media not opened', { message: asFailure(error).message });
      this.#end(asFailure(error));
    });
    void this.#showSoon();
  }

  /** The page connects the receiving transport before it draws the call, because drawing would delay the first pictures. */
  async #showSoon(): Promise<void> {
    await within(DRAWN_WITHIN_MS, this.#media.receiving);
    if (this.#signaling.joined) this.#show();
  }

  #handleResumed(snapshot: Snapshot, mediaKept: boolean): void {
    this.#load(snapshot);
    this.#show();
    this.#log('info', 'resumed', { mediaKept });
    this.#media.renewIceServers(snapshot.iceServers);
    this.devices.obey(snapshot.self);
    if (mediaKept && this.#media.transports !== null) this.#media.resumed(snapshot.self);
    else void this.#media.reopen();
  }

  #apply(events: readonly NotificationEvent[]): void {
    const parts = { ...this.#shownParts, log: this.#log, onAct: (act: Act) => this.#handleAct(act) };
    // The next one is applied also after one that fails.
    runAll(events.map((event) => () => dispatch(event, parts)));
  }

  /** A microphone that was muted turns off with the record of the peer. */
  #handleAct(act: Act): void {
    if (act.kind === 'stopped' && act.source !== undefined) {
      this.devices.turnOff(act.source);
      this.#media.forget(act.source);
    }
    if (act.kind === 'hand-lowered') this.#hand.want(false);
    this.#update({ lastAct: act });
    this.notices.addAct(act);
  }

  #load(snapshot: Snapshot): void {
    // They came before it.
    this.#arrivals.flush();
    this.#room.load(snapshot);
    this.chat.load(snapshot.chat);
    this.#hand.reconcile(snapshot.self.handRaisedAt !== null);
    // Nobody else changes the name, but the server may write it in another way.
    if (this.#name.state.status === 'sending') this.#name.reconcile(snapshot.self.displayName);
  }

  #show(): void {
    this.#update({ phase: 'joined' });
    if (this.getState().joinedAt === null) this.#update({ joinedAt: Date.now() });
    else this.notices.add('reconnected');
    this.#compose();
  }

  /** If the request fails, the page shows a notice. Never rejects. */
  async #request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<void> {
    try {
      await this.#signaling.request(name, input);
    } catch (error) {
      this.#reportRefused(asFailure(error), name);
    }
  }

  #reportRefused(failure: CallFailure, name: RequestName): void {
    this.#logRefused(name, failure);
    this.notices.add('request-failed', failure);
  }

  #logRefused(name: RequestName, failure: CallFailure): void {
    this.#log('warn', 'request failed', { name, code: failure.code });
  }

  /** The parts of which the page shows the state. */
  get #shownParts() {
    const { devices, chat, leading } = this;
    return { room: this.#room, media: this.#media, devices, chat, leading, reactions: this.#reactions };
  }

  /** Composes the state once per task, even if several parts changed in that task. */
  #compose(): void {
    if (this.#composing) return;
    this.#composing = true;
    queueMicrotask(() => {
      this.#composing = false;
      if (this.#closed) return;
      this.#audio.sync(this.#media.consumption.streams);
      this.#mediaWatch.update(this.#media.connectionStates, this.#signaling.joined);
      this.#update(composeState(this.#shownParts, this.getState().participants, this.#signaling.joined));
      const { participants, pictureMode } = this.getState();
      this.#network.update(pictureMode !== 'none' && isPoor(participants));
    });
  }

  #update(patch: Partial<CallState>): void {
    if (!this.#closed) this.#state.update(patch);
  }

  #handleMediaBlocked(blocked: boolean): void {
    this.#log(blocked ? 'warn' : 'info', 'media blocked', { blocked });
    if (blocked) this.notices.add('no-media');
    else this.notices.withdraw('no-media');
  }

  /**
   * The others notice at once, and no device is used any more. Then the page shows that the call is over. The connections close
   * last: a browser takes its time for them.
   *
   * @param failure null if the user left.
   */
  #end(failure: CallFailure | null): void {
    if (this.#closed) return;
    this.#stopParts([() => this.#telemetry.ended(failure), () => this.#signaling.leave()]);
    this.#state.update(endedState(failure?.toError(this.#traceId) ?? null));
    afterDrawing(() => this.#runSteps([() => this.#media.close()]));
  }

  /** Ends everything that is quick to end. */
  #stopParts(before: readonly (() => void)[] = []): void {
    this.#closed = true;
    const parts = [
      this.#arrivals,
      this.#network,
      this.notices,
      this.#telemetry,
      this.#signaling,
      this.devices,
      this.#mediaWatch,
      this.#audio,
      this.chat,
      this.#name,
      this.#hand,
      this.#reactions,
      this.#room,
    ];
    const given = Object.values(this.#options.choice.tracks ?? {});
    this.#runSteps([
      ...before,
      () => this.#media.stop(),
      this.#stopWatching,
      ...parts.map((part) => () => part.close()),
      // Of a call that was not joined, or whose join failed early.
      ...given.map((track) => () => track?.stop()),
    ]);
  }

  #runSteps(steps: readonly (() => void)[]): void {
    try {
      runAll(steps);
    } catch (error) {
      this.#log('error', 'part not closed', { message: asFailure(error).message });
    }
  }
}

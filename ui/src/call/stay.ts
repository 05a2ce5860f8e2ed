import type { Reaction, RequestInput, RequestName, RoomCode, Snapshot, TraceId } from '@parley/proto';
import { asFailure, type CallFailure } from './base/call-failure.ts';
import type { Capture } from './devices/capture.ts';
import { Chat } from './state/chat.ts';
import { delay } from './base/delay.ts';
import { dispatch } from './dispatch.ts';
import { LocalMedia } from './devices/local-media.ts';
import { bindLog, type ClientLog } from './base/log.ts';
import { Media } from './media/media.ts';
import type { MediaDevice } from './media/media-device.ts';
import { Reactions } from './state/reactions.ts';
import { RemoteAudio } from './receive/remote-audio.ts';
import { RestClient } from './base/rest-client.ts';
import { RoomState } from './state/room-state.ts';
import { SignalingClient, type JoinReply } from './signaling/signaling-client.ts';
import type { NotificationEvent } from './signaling/signaling-connection.ts';
import { StatisticsReader } from './telemetry/statistics-reader.ts';
import { CallTelemetry } from './telemetry/call-telemetry.ts';
import type { CallState, Notice, Participant } from './state/call-state.ts';
import type { JoinChoice } from './devices/join-choice.ts';
import { composeState } from './state/compose-state.ts';

export type StayOptions = {
  roomCode: RoomCode;
  origin: string;
  traceId: TraceId;
  choice: JoinChoice;
  device: MediaDevice;
  capture: Capture;
  update: (patch: Partial<CallState>) => void;
  notify: (kind: Notice['kind'], failure: CallFailure | null) => void;
  /** Over for good, and not by our wish. */
  onFailed: (failure: CallFailure) => void;
  log: ClientLog;
};

/** What the statistics panel has read lately is not read again. */
const STATISTICS_AGE_MS = 2_500;
const DRAWN_WITHIN_MS = 250;

/** One stay in a room, from Join to Leave: puts the parts together and carries facts between them. */
export class Stay {
  readonly local: LocalMedia;
  readonly chat: Chat;
  readonly media: Media;
  readonly audio: RemoteAudio;
  readonly statistics: StatisticsReader;
  readonly telemetry: CallTelemetry;
  readonly traceId: TraceId;
  readonly #options: StayOptions;
  readonly #session: SignalingClient;
  readonly #room: RoomState;
  readonly #reactions: Reactions;
  readonly #log: ClientLog;
  #displayName: string;
  #handRaised = false;
  #signalling = false;
  #joinedOnce = false;
  #participants: readonly Participant[] = [];
  #composing = false;
  #closed = false;

  constructor(options: StayOptions) {
    const { choice } = options;
    this.#options = options;
    this.traceId = options.traceId;
    this.#displayName = choice.displayName;
    this.#room = new RoomState(() => this.#compose());
    this.#log = bindLog(options.log, () => ({
      traceId: options.traceId,
      room: options.roomCode,
      peer: this.#room.records.selfId,
    }));
    this.#reactions = new Reactions(() => options.update({ reactions: this.#reactions.floating }));
    this.#session = this.#makeSession();
    this.media = this.#makeMedia();
    this.statistics = new StatisticsReader(this.media, () => this.#room.records.selfId);
    this.telemetry = this.#makeTelemetry();
    this.audio = new RemoteAudio(choice.speakerId, {
      onBlocked: () => options.notify('autoplay-blocked', null),
      onSound: () => this.telemetry.soundStarted(),
      log: this.#log,
    });
    this.local = new LocalMedia({
      capture: options.capture,
      chosen: choice,
      sinks: this.media.publications,
      onChanged: () => this.#compose(),
      onSpeakerChanged: (speakerId) => void this.audio.setSpeaker(speakerId),
      onNotice: options.notify,
      onTrouble: (device, code) => this.telemetry.deviceFailed(device, code),
    });
    this.chat = this.#makeChat();
  }

  /** Rejects with CallFailure. Devices open beside it: nobody waits for a camera to be in the room. */
  async join(): Promise<void> {
    const { choice } = this.#options;
    this.telemetry.joinPressed(choice);
    if (choice.tracks !== undefined) this.local.adopt(choice.tracks);
    if (choice.microphoneOn && !this.local.microphone.on) void this.local.setMicrophone(true);
    if (choice.cameraOn && !this.local.camera.on) void this.local.setCamera(true);
    await this.#session.join();
  }

  setHand(raised: boolean): void {
    this.#handRaised = raised;
    void this.#ask('peer:set-hand', { raised });
  }

  react(reaction: Reaction): void {
    const self = this.#room.self;
    if (self === null) return;
    this.#reactions.show(self.peerId, self.displayName, reaction);
    void this.#ask('peer:react', { reaction });
  }

  async rename(displayName: string): Promise<boolean> {
    const done = await this.#ask('peer:set-profile', { displayName });
    if (done) this.#displayName = displayName;
    return done;
  }

  networkChanged(): void {
    this.#session.retryNow();
    this.media.transports?.restartIce();
  }

  /** Synchronous: others see it at once, even from a page that is going away. A failure: not on purpose. */
  leave(failure: CallFailure | null = null): void {
    this.telemetry.ended(failure);
    this.#session.leave();
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.telemetry.close();
    this.#session.close();
    this.local.close();
    this.media.close();
    this.audio.close();
    this.chat.close();
    this.#reactions.close();
    this.#room.close();
  }

  #makeSession(): SignalingClient {
    const { origin, roomCode, device, traceId } = this.#options;
    return new SignalingClient({
      origin,
      rest: new RestClient({ origin, traceId: () => traceId }),
      roomCode,
      traceId: () => traceId,
      displayName: () => this.#displayName,
      rtpCapabilities: async () => (await device.ready()).rtpCapabilities,
      onAdmitted: (reportMetrics) => this.telemetry.admitted(reportMetrics),
      onJoined: (reply) => this.#handleJoined(reply),
      onResumed: (snapshot, mediaKept) => this.#handleResumed(snapshot, mediaKept),
      onLost: () => this.#handleLost(),
      onNotification: (event) => this.#handleNotification(event),
      onFailed: (failure) => this.#options.onFailed(failure),
      log: this.#log,
    });
  }

  #makeTelemetry(): CallTelemetry {
    const { origin } = this.#options;
    const rest = new RestClient({ origin, traceId: () => null, keepalive: true });
    return new CallTelemetry({
      log: this.#log,
      read: () => this.statistics.snapshot(STATISTICS_AGE_MS),
      send: (body) => rest.call('sendClientMetrics', { body }),
    });
  }

  #makeMedia(): Media {
    return new Media({
      device: this.#options.device,
      signaling: () => this.#session,
      peers: () => this.#room.others,
      heard: () => this.#room.heard,
      onChanged: () => this.#compose(),
      onRestored: () => {
        this.#log('info', 'media restored');
        this.#options.notify('media-restored', null);
      },
      onPublicationFailed: (source, failure) => {
        if (source === 'microphone' || source === 'camera') this.local[source].fail(failure);
        else this.local.screen.fail(failure);
      },
      log: this.#log,
    });
  }

  #makeChat(): Chat {
    return new Chat({
      send: (input) => this.#session.request('chat:send', input),
      self: () => this.#room.self,
      nameOf: (peerId) => this.#room.nameOf(peerId),
      onChanged: () => this.#compose(),
      onFailed: (failure) => this.#handleRefused('chat:send', failure),
    });
  }

  #handleNotification(event: NotificationEvent): void {
    if (event.name === 'media:reset') this.#log('warn', 'media reset');
    dispatch(event, { room: this.#room, media: this.media, chat: this.chat, reactions: this.#reactions });
  }

  #handleJoined({ snapshot, transports }: JoinReply): void {
    this.#load(snapshot);
    this.telemetry.joined(snapshot);
    void this.media.open(transports, snapshot.iceServers).catch((error: unknown) => {
      this.#log('error', 'media not opened', { message: asFailure(error).message });
      if (!this.#closed) this.#options.onFailed(asFailure(error));
    });
    void this.#showSoon();
  }

  /** A page takes as long to draw a call as it takes to set up what is received first: that goes before. */
  async #showSoon(): Promise<void> {
    await Promise.race([this.media.consumption.begun, delay(DRAWN_WITHIN_MS)]);
    if (!this.#closed && this.#signalling) this.#show();
  }

  #handleResumed(snapshot: Snapshot, mediaKept: boolean): void {
    this.#load(snapshot);
    this.#show();
    this.#log('info', 'resumed', { mediaKept });
    if (mediaKept && this.media.transports !== null) this.media.resumed(snapshot.self);
    else void this.media.reopen();
  }

  #load(snapshot: Snapshot): void {
    this.#signalling = true;
    this.#room.load(snapshot);
    this.chat.load(snapshot.chat);
    if ((snapshot.self.handRaisedAt !== null) !== this.#handRaised)
      void this.#ask('peer:set-hand', { raised: this.#handRaised });
  }

  #show(): void {
    this.#options.update({ phase: 'joined' });
    if (this.#joinedOnce) this.#options.notify('reconnected', null);
    else this.#options.update({ joinedAt: Date.now() });
    this.#joinedOnce = true;
    this.#compose();
  }

  #handleLost(): void {
    this.#signalling = false;
    this.#options.update({ phase: 'reconnecting' });
    this.#compose();
  }

  /** Whether it was done; if not, the person is told. */
  async #ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<boolean> {
    try {
      await this.#session.request(name, input);
      return true;
    } catch (error) {
      this.#handleRefused(name, asFailure(error));
      return false;
    }
  }

  #handleRefused(name: RequestName, failure: CallFailure): void {
    this.#log('warn', 'request failed', { name, code: failure.code });
    if (!this.#closed) this.#options.notify('request-failed', failure);
  }

  /** Once per task, however many parts changed in it. */
  #compose(): void {
    if (this.#composing) return;
    this.#composing = true;
    queueMicrotask(() => {
      this.#composing = false;
      if (this.#closed) return;
      this.audio.sync(this.media.consumption.streams);
      const parts = {
        room: this.#room,
        media: this.media,
        local: this.local,
        chat: this.chat,
        reactions: this.#reactions,
      };
      const view = composeState(parts, this.#participants, this.#signalling);
      this.#participants = view.participants ?? [];
      this.#options.update(view);
    });
  }
}

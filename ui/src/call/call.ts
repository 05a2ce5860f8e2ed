import type { PeerId, TraceId } from '@parley/proto/ids';
import { publishes, type Snapshot } from '@parley/proto/requests';
import type { Act } from '@parley/proto/room';
import { afterDrawing } from './base/time/after-drawing.ts';
import { Batch } from './base/batch.ts';
import { asFailure, type CallFailure } from './base/call-failure.ts';
import { bindLog, type ClientLog } from './base/log.ts';
import { RestClient } from './base/rest-client.ts';
import { runAll } from './base/run-all.ts';
import { runAllLogged } from './base/run-all-logged.ts';
import { browserCapture } from './devices/capture.ts';
import { CallKeeper } from './call-keeper.ts';
import type { CallOptions } from './call-options.ts';
import { LocalMedia } from './devices/local-media.ts';
import { callPreferences } from './devices/call-preferences.ts';
import { dispatch } from './dispatch.ts';
import { Doorway } from './doorway.ts';
import { Economy } from './economy/economy.ts';
import { Media } from './media/media.ts';
import { watchPage } from './base/page-lifecycle.ts';
import { pagePlayback } from './playback/playback.ts';
import type { Picture } from './receive/picture.ts';
import { RemoteAudio } from './receive/remote-audio.ts';
import type { JoinReply } from './signaling/signaling-client-options.ts';
import { SignalingClient } from './signaling/signaling-client.ts';
import type { NotificationEvent } from './signaling/signaling-connection.ts';
import { endedState, initialState, suspendedState, type CallState } from './state/call-state.ts';
import { Chat } from './state/chat/chat.ts';
import { chatRequests } from './state/chat/chat-requests.ts';
import { composeState } from './state/chat/compose-state.ts';
import { isPoor, NetworkWatch } from './state/network-watch.ts';
import { Leading } from './state/leading.ts';
import { NoticeBoard } from './state/notice-board.ts';
import { actOfRules, obeyAct } from './state/obey-act.ts';
import { OwnValues } from './state/own-values.ts';
import { listPeople, type ListPeople } from './state/people-list.ts';
import { Reactions } from './state/reactions.ts';
import { RoomState } from './state/room-state.ts';
import { ShownState } from './state/shown-state.ts';
import type { CallTelemetry } from './telemetry/call-telemetry.ts';
import { pageLog } from './telemetry/page-log.ts';
import { reportingTelemetry } from './telemetry/reporting.ts';
import { StatisticsReader } from './telemetry/statistics-reader.ts';

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
  /** The way into the room. */
  readonly doorway: Doorway;
  /** What this browser does without. */
  readonly economy: Economy;
  readonly reactions: Reactions;
  readonly #options: CallOptions;
  readonly #origin: string;
  readonly #keeper: CallKeeper;
  readonly #traceId: TraceId;
  readonly #log: ClientLog;
  readonly #state: ShownState;
  readonly #room: RoomState;
  /** However much the others of the room send, the page follows with a bounded number of changes. */
  readonly #arrivals = new Batch<NotificationEvent>((events) => this.#apply(events));
  readonly #signaling: SignalingClient;
  readonly #media: Media;
  readonly #audio: RemoteAudio;
  readonly #telemetry: CallTelemetry;
  readonly #network = new NetworkWatch({
    onPoor: () => this.notices.add('network-poor'),
    onRecovered: () => this.notices.withdraw('network-poor'),
  });
  readonly #stopWatching: () => void;
  readonly #ask: SignalingClient['request'] = (name, input) => this.#signaling.request(name, input);
  /** A page of the people of a crowd. Rejects with CallFailure. */
  readonly listPeople: ListPeople = (search, after) => listPeople(this.#ask, search, after);
  readonly #own: OwnValues;
  #closed = false;

  constructor(options: CallOptions) {
    const { roomCode, choice } = options;
    this.#options = options;
    const keeperParts = () => ({ ...this.#shownParts, own: this.#own, telemetry: this.#telemetry });
    this.#keeper = new CallKeeper(options.tab, keeperParts, options.prepared?.place ?? null);
    this.#traceId = this.#keeper.traceId;
    this.#origin = options.origin ?? location.origin;
    this.#state = this.#makeState();
    this.#room = new RoomState(() => this.#state.compose());
    this.#log = bindLog(options.log ?? pageLog(), () => ({
      traceId: this.#traceId,
      room: roomCode,
      peer: this.#room.records.selfId,
    }));
    this.notices = new NoticeBoard({
      traceId: this.#traceId,
      log: this.#log,
      onChanged: () => this.#state.showNotices(this.notices.notices),
    });
    this.reactions = this.#makeReactions();
    this.#own = new OwnValues(choice.displayName, {
      ask: this.#ask,
      onRenamed: (rename) => this.#state.update({ rename }),
      onNameRefused: (failure) =>
        this.#log('warn', 'request failed', { name: 'peer:set-profile', code: failure.code }),
      onHandRefused: (failure) => this.notices.addRefused(failure, 'peer:set-hand'),
    });
    const rest = new RestClient({
      origin: this.#origin,
      traceId: () => this.#traceId,
      credentials: options.credentials,
      onReportPass: (pass) => this.#keeper.admit(pass),
    });
    this.doorway = this.#makeDoorway(rest);
    this.#signaling = this.#makeSignaling(rest);
    this.#media = this.#makeMedia();
    this.statistics = new StatisticsReader(this.#media, () => this.#room.records.selfId);
    const reportPass = (): string | null => this.#keeper.reportPass;
    const { statistics } = this;
    this.#telemetry = reportingTelemetry({ origin: this.#origin, statistics, reportPass, log: this.#log });
    this.#audio = new RemoteAudio(choice.speakerId, {
      playback: pagePlayback,
      onSound: () => this.#telemetry.soundStarted(),
      log: this.#log,
    });
    this.devices = this.#makeDevices();
    this.economy = this.#makeEconomy(statistics);
    this.chat = this.#makeChat();
    this.leading = new Leading({
      request: this.#ask,
      onChanged: () => this.#state.compose(),
      onFailed: (failure, name) => this.notices.addRefused(failure, name),
      onEndedForAll: () => this.leave(),
    });
    this.#stopWatching = watchPage({
      onHide: () => this.suspend(),
      onNetworkChanged: () => this.#handleNetworkChanged(),
      onReturned: () => void this.#signaling.check(),
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
    this.#state.update({ phase: 'joining', traceId: this.#traceId });
    try {
      const { choice } = this.#options;
      // The call owns the tracks from here on, and frees them whatever fails.
      if (choice.tracks !== undefined) this.devices.adopt(choice.tracks);
      const joined = this.#signaling.join();
      // The request is under way and does not wait for this.
      this.#keeper.begin(choice);
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
   * The page goes away. The peer stays for a moment, in which the next page of this tab may go on as the same one. Closes the call if that
   * is not possible. Synchronous; every device is freed.
   */
  suspend(): void {
    if (this.#closed || !this.#keeper.suspend(this.getState())) return this.close();
    this.#stopParts([() => this.#telemetry.suspended(), () => this.#signaling.suspend()]);
    this.#state.end(suspendedState());
    runAllLogged(this.#log, [() => this.#media.close()]);
  }

  /**
   * Leaves the room and frees every device, also the tracks of a call that was never joined. Synchronous and
   * idempotent.
   */
  close(): void {
    this.leave();
    if (!this.#closed) this.#stopParts();
    runAllLogged(this.#log, [() => this.#media.close()]);
  }

  /** Sets the pictures that the page shows now. Other pictures are not received. */
  setPictures(pictures: readonly Picture[]): void {
    if (!this.#closed) this.#media.consumption.setPictures(pictures);
  }

  /** Called when a picture of another peer is on the screen. Telemetry measures the time until the first one. */
  pictureShown(): void {
    this.#telemetry.pictureShown();
    this.#media.pictureShown();
  }

  setHand(raised: boolean): void {
    this.#own.hand.want(raised);
  }

  /** What becomes of it is in `rename` of the state. */
  rename(displayName: string): void {
    this.#own.name.want(displayName);
  }

  #makeState(): ShownState {
    const { roomCode, choice } = this.#options;
    return new ShownState({
      initial: initialState(roomCode, choice),
      compose: (former) => this.#composeAfter(former),
      onComposed: (state) => this.#handleComposed(state),
    });
  }

  #makeSignaling(rest: RestClient): SignalingClient {
    const { roomCode, choice, device, prepared } = this.#options;
    return new SignalingClient({
      origin: this.#origin,
      rest,
      roomCode,
      traceId: () => this.#traceId,
      displayName: () => this.#own.name.value,
      rtpCapabilities: async () => (await device.ready()).rtpCapabilities,
      ...this.#keeper.listeners,
      place: prepared?.place ?? null,
      passcode: () => choice.passcode ?? null,
      firstPictures: () => this.#media.consumption.firstPictures,
      regionTimes: () => this.#options.regions?.times ?? [],
      ...this.doorway.listeners,
      onJoined: (reply) => this.#handleJoined(reply),
      onResumed: (snapshot, mediaKept) => this.#handleResumed(snapshot, mediaKept),
      onLost: () => {
        this.#state.update({ phase: 'reconnecting' });
        this.#media.restoration.handle('socket-lost');
        this.#state.compose();
      },
      onNotification: (event) => this.#arrivals.add(event),
      onFailed: (failure) => this.#end(failure),
      log: this.#log,
    });
  }

  #makeDoorway(rest: RestClient): Doorway {
    return new Doorway({
      look: () => rest.call('getRoom', { params: { code: this.#options.roomCode } }),
      signaling: () => this.#signaling,
      devices: () => this.devices,
      onChanged: (patch) => this.#state.update(patch),
      onOver: (failure) => this.#end(failure),
      onFailed: (failure, name) => this.notices.addRefused(failure, name),
    });
  }

  #makeMedia(): Media {
    return new Media({
      device: this.#options.device,
      signaling: () => this.#signaling,
      peers: () => this.#room.others,
      heard: () => this.#room.heard,
      onChanged: () => this.#state.compose(),
      onPicturesLimited: (limited) =>
        limited ? this.notices.addOnce('pictures-limited') : this.notices.withdraw('pictures-limited'),
      onRestored: () => this.notices.add('media-restored'),
      onRecovery: (report) => this.#telemetry.recovered(report),
      onBlocked: (blocked) => this.#handleMediaBlocked(blocked),
      onRefused: (failure) => this.#end(failure),
      onPublicationFailed: (source, failure) => this.devices.fail(source, failure),
      onSoundless: (soundless) => this.devices.microphone.setSoundless(soundless),
      log: this.#log,
    });
  }

  #makeDevices(): LocalMedia {
    const { capture, choice } = this.#options;
    return new LocalMedia({
      capture: capture ?? browserCapture,
      chosen: choice,
      sinks: this.#media.publications,
      onChanged: () => this.#state.compose(),
      onSpeakerChanged: (speakerId) => void this.#audio.setSpeaker(speakerId),
      afterMute: callPreferences.load().afterMute,
      onNotice: (kind, failure, device) => this.notices.add(kind, failure, device),
      onNoticesOver: (kinds, device) => this.notices.settle(kinds, device),
      onTrouble: (device, code) => this.#telemetry.deviceFailed(device, code),
    });
  }

  #makeEconomy(statistics: StatisticsReader): Economy {
    return new Economy({
      media: this.#media,
      statistics,
      devices: this.devices,
      onMode: (pictureMode) => this.#state.update({ pictureMode }),
      onEased: () => this.notices.add('computer-busy'),
      log: this.#log,
    });
  }

  #makeChat(): Chat {
    return new Chat({
      ...chatRequests((name, input) => this.#signaling.request(name, input), this.#origin),
      self: () => this.#room.self,
      nameOf: (peerId: PeerId) => this.#room.nameOf(peerId),
      onChanged: () => this.#state.compose(),
      onFailed: (failure, name) => this.notices.addRefused(failure, name),
    });
  }

  #makeReactions(): Reactions {
    return new Reactions({
      self: () => this.#room.self,
      send: (reaction) => this.#ask('peer:react', { reaction }),
      onChanged: () => this.#state.compose(),
      onFailed: (failure) => this.notices.addRefused(failure, 'peer:react'),
    });
  }

  #handleJoined({ snapshot, transports, first }: JoinReply): void {
    this.#load(snapshot);
    for (const source of this.devices.restrict(this.#room.permissions))
      this.notices.addAct(actOfRules(source));
    this.#telemetry.joined(snapshot);
    if (this.getState().joinedAt !== null) this.#media.restoration.handle('joined');
    const prepared = this.#options.prepared?.takeTransports() ?? null;
    // The list of a former stay. A room that holds nobody back says nothing.
    this.#media.consumption.setForwarded(null);
    void this.#media.open(transports, snapshot.iceServers, first, prepared).catch((error: unknown) => {
      this.#log('error', 'media not opened', { message: asFailure(error).message });
      this.#end(asFailure(error));
    });
    this.#media.sending.allow(publishes(snapshot.self.role));
    void this.#media.readyToShow.then(() => this.#signaling.joined && this.#show());
    void this.doorway.handleJoined();
  }

  #handleResumed(snapshot: Snapshot, mediaKept: boolean): void {
    this.#keeper.resumed(snapshot);
    this.#load(snapshot);
    this.#show();
    this.#log('info', 'resumed', { mediaKept });
    this.#media.renewIceServers(snapshot.iceServers);
    this.devices.obey(snapshot.self);
    this.#media.sending.allow(publishes(snapshot.self.role));
    this.#keeper.goOn(snapshot);
    // A page that was loaded again has no transports, whatever the node still has.
    if (mediaKept && this.#media.transports !== null) this.#media.resumed(snapshot.self);
    else this.#media.restoration.handle('media-gone');
  }

  #apply(events: readonly NotificationEvent[]): void {
    const parts = { ...this.#shownParts, log: this.#log, onAct: (act: Act) => this.#handleAct(act) };
    // The next one is applied also after one that fails.
    runAll(events.map((event) => () => dispatch(event, parts)));
  }

  #handleAct(act: Act): void {
    obeyAct(act, { devices: this.devices, media: this.#media, hand: this.#own.hand });
    this.#state.update({ lastAct: act });
    this.notices.addAct(act);
  }

  #load(snapshot: Snapshot): void {
    // These notifications came before the snapshot.
    this.#arrivals.flush();
    this.#room.load(snapshot);
    this.chat.load(snapshot.chat);
    this.#own.reconcile(snapshot.self);
  }

  #show(): void {
    const { phase, joinedAt } = this.getState();
    this.#state.update({ phase: 'joined', joinedAt: joinedAt ?? performance.now() });
    if (phase === 'reconnecting') this.notices.add('reconnected');
    this.economy.begin();
    this.#state.compose();
  }

  /** The parts of which the page shows the state. */
  get #shownParts() {
    const { devices, chat, leading, reactions } = this;
    return { room: this.#room, media: this.#media, devices, chat, leading, reactions };
  }

  #composeAfter({ participants }: CallState): Partial<CallState> {
    this.#audio.sync(this.#media.shown);
    return composeState(this.#shownParts, participants, this.#signaling.joined);
  }

  #handleComposed(state: CallState): void {
    this.#keeper.keep(state);
    this.#network.update(state.pictureMode !== 'none' && isPoor(state.participants));
  }

  #handleNetworkChanged(): void {
    this.#signaling.networkChanged();
    this.#media.restoration.handle('network-changed');
  }

  #handleMediaBlocked(blocked: boolean): void {
    this.#log(blocked ? 'warn' : 'info', 'media blocked', { blocked });
    this.notices[blocked ? 'add' : 'withdraw']('no-media');
  }

  /**
   * The others notice at once, and no device is used any more. Then the page shows that the call is over. The connections close
   * last: a browser takes its time for them.
   *
   * @param failure null if the user left.
   */
  #end(failure: CallFailure | null): void {
    if (this.#closed) return;
    // The waiting notifications may say who ended the call.
    if (failure !== null) this.#arrivals.flush();
    this.#keeper.forget();
    this.#stopParts([() => this.#telemetry.ended(failure), () => this.#signaling.leave()]);
    this.#state.end(endedState(failure?.toError(this.#traceId) ?? null));
    afterDrawing(() => runAllLogged(this.#log, [() => this.#media.close()]));
  }

  /** Ends everything that is quick to end. */
  #stopParts(before: readonly (() => void)[] = []): void {
    this.#closed = true;
    this.#state.close();
    const parts = [
      this.#arrivals,
      this.#network,
      this.economy,
      this.doorway,
      this.notices,
      this.#telemetry,
      this.#signaling,
      this.devices,
      this.#audio,
      this.chat,
      this.#own,
      this.reactions,
      this.#room,
    ];
    runAllLogged(this.#log, [
      ...before,
      () => this.#media.stop(),
      () => this.#options.prepared?.close(),
      this.#stopWatching,
      ...parts.map((part) => () => part.close()),
      // The tracks of a call that was not joined, or whose join failed early.
      ...Object.values(this.#options.choice.tracks ?? {}).map((track) => () => track?.stop()),
    ]);
  }
}

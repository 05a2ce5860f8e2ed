import type { ProducerId } from '@parley/proto/ids';
import type { Permission } from '@parley/proto/requests';
import type { ClientDevice } from '@parley/proto/rest';
import type { PeerRecord, ProducerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import type { Capture } from './capture.ts';
import { CallFailure } from '../base/call-failure.ts';
import { runAll } from '../base/run-all.ts';
import { listDevices, missingDevices, NO_DEVICES, type ChosenDevices } from './device-list.ts';
import { LocalScreen } from './local-screen.ts';
import { LocalSource } from './local-source.ts';
import { HOLD_MS, type AfterMute } from './after-mute.ts';
import { noticeOf, noticesOver, type DeviceNotice } from './device-notices.ts';
import { OpenedDevice } from './opened-device.ts';
import type { PausableSink, ScreenSink, TrackSink } from './track-sink.ts';
import { callPreferences } from './call-preferences.ts';
import type { CapturedTracks, JoinChoice } from './join-choice.ts';
import type { DeviceList, DeviceName } from './device-state.ts';

type MediaSinks = Record<'microphone' | 'camera', TrackSink> & {
  screen: ScreenSink;
  'screen-audio': PausableSink;
};

export type LocalMediaOptions = {
  capture: Capture;
  chosen: ChosenDevices;
  sinks: MediaSinks | null;
  /** Called when any visible state of the devices has changed. */
  onChanged: () => void;
  onSpeakerChanged: (speakerId: string | null) => void;
  /** What happens to the microphone when it is muted. */
  afterMute: AfterMute;
  onNotice: (kind: DeviceNotice, failure: CallFailure | null, device?: DeviceName) => void;
  /** What notices of these kinds say of this device is over. */
  onNoticesOver: (kinds: readonly DeviceNotice[], device: DeviceName) => void;
  /** Reports problems for the metrics of the operators; `onNotice` reports them to the user. */
  onTrouble?: (device: ClientDevice, code: CallFailure['code'] | 'unplugged') => void;
};

const NOWHERE: ScreenSink = {
  attach: () => {},
  detach: () => {},
  setPaused: () => {},
  setContent: () => {},
  countFrames: async () => null,
};

/** The devices of this computer: the captured tracks, the available devices and the choices of the user. */
export class LocalMedia {
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalScreen;
  readonly #options: LocalMediaOptions;
  readonly #opened = {
    microphone: new OpenedDevice('audioinput'),
    camera: new OpenedDevice('videoinput'),
  };
  /** The notice that the state of each device has led to. */
  readonly #shown: Record<DeviceName, DeviceNotice | null> = { microphone: null, camera: null };
  /** Producers that the server has paused, and why. */
  readonly #obeyed = new Map<ProducerId, ProducerRecord['pauseReason']>();
  readonly #stopWatching: (() => void)[];
  #devices: DeviceList;
  #speakerId: string | null;
  #listing = 0;
  #closed = false;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    this.#speakerId = options.chosen.speakerId;
    this.#devices = { ...NO_DEVICES, ...options.chosen };
    this.microphone = this.#source('microphone', options.chosen.microphoneId, HOLD_MS[options.afterMute]);
    this.camera = this.#source('camera', options.chosen.cameraId, 0);
    this.screen = new LocalScreen({
      open: (wish) => options.capture.screen(wish),
      video: options.sinks?.screen ?? NOWHERE,
      audio: options.sinks?.['screen-audio'] ?? NOWHERE,
      onChanged: options.onChanged,
      onEnded: () => options.onNotice('screen-share-ended', null),
      onSoundLeftOut: () => options.onNotice('screen-sound-left-out', null),
      // If the user closed the picker, show no error.
      onFailed: (failure) => {
        if (failure.code === 'screen_share_denied') return;
        options.onTrouble?.('screen', failure.code);
        options.onNotice('screen-error', failure);
      },
    });
    this.#stopWatching = [
      options.capture.onDeviceChange(() => void this.refresh()),
      options.capture.onReturn((how) => {
        this.microphone.handleReturn(how);
        this.camera.handleReturn(how);
      }),
    ];
    void this.refresh();
  }

  get devices(): DeviceList {
    return this.#devices;
  }

  /** Takes over live tracks and stops them later. */
  adopt(tracks: CapturedTracks): void {
    if (tracks.microphone !== null) this.microphone.adopt(tracks.microphone);
    if (tracks.camera !== null) this.camera.adopt(tracks.camera);
    void this.refresh();
  }

  /** Saves the choice for the next call, and opens the devices of which the page gave no track. */
  begin({ displayName, microphoneId, cameraId, speakerId, microphoneOn, cameraOn }: JoinChoice): void {
    callPreferences.save({ displayName, microphoneId, cameraId, speakerId });
    if (microphoneOn && !this.microphone.on) void this.setMicrophone(true);
    if (cameraOn && !this.camera.on) void this.setCamera(true);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.microphone.set(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.camera.set(on);
  }

  /** Called when what this source gives could not be sent. */
  fail(source: Source, failure: CallFailure): void {
    if (source === 'microphone' || source === 'camera') this[source].fail(failure);
    else this.screen.fail(failure);
  }

  /**
   * Turns off what the server has paused: it sent too much, or must not be heard. Once for each pause, because other changes of
   * the record may arrive before the server knows that the person has turned it on again.
   */
  obey({ producers }: PeerRecord): void {
    for (const { producerId, source, pauseReason } of producers) {
      const isKnown = this.#obeyed.get(producerId) === pauseReason;
      if (pauseReason === undefined) this.#obeyed.delete(producerId);
      else this.#obeyed.set(producerId, pauseReason);
      if (pauseReason === undefined || isKnown) continue;
      if (pauseReason === 'over-limit') this.fail(source, new CallFailure('over_limit'));
      else this.turnOff(source);
    }
  }

  /** Turns off what the person may not send in this call, before anything of it is sent. Returns what was on. */
  restrict(permissions: readonly Permission[]): ('microphone' | 'camera')[] {
    const isHeard = permissions.includes('publish:microphone') && permissions.includes('unmute');
    const taken = [
      ...(isHeard ? [] : (['microphone'] as const)),
      ...(permissions.includes('publish:camera') ? [] : (['camera'] as const)),
    ].filter((source) => this[source].on);
    for (const source of taken) this.turnOff(source);
    return taken;
  }

  turnOff(source: Source): void {
    if (source === 'microphone' || source === 'camera') void this[source].set(false);
    else this.screen.stop();
  }

  async selectMicrophone(deviceId: string | null): Promise<void> {
    const done = this.microphone.select(deviceId);
    this.#publish();
    await done;
    callPreferences.save({ microphoneId: this.microphone.deviceId });
    this.#publish();
  }

  async selectCamera(deviceId: string | null): Promise<void> {
    const done = this.camera.select(deviceId);
    this.#publish();
    await done;
    callPreferences.save({ cameraId: this.camera.deviceId });
    this.#publish();
  }

  /** Applies at once, also to a microphone that is held open now. */
  setAfterMute(afterMute: AfterMute): void {
    callPreferences.save({ afterMute });
    this.microphone.setHold(HOLD_MS[afterMute]);
  }

  async selectSpeaker(deviceId: string | null): Promise<void> {
    this.#speakerId = deviceId;
    callPreferences.save({ speakerId: deviceId });
    this.#options.onSpeakerChanged(deviceId);
    this.#publish();
  }

  /** Lists the devices again and drops choices whose device is gone. */
  async refresh(): Promise<void> {
    this.#listing += 1;
    const listing = this.#listing;
    const infos = await this.#options.capture.enumerate().catch(() => []);
    if (this.#closed || listing !== this.#listing) return;
    for (const name of ['microphone', 'camera'] as const)
      if (this.#opened[name].compare(this[name].track, infos)) this[name].reopen();
    this.#devices = listDevices(infos, this.#chosen());
    for (const gone of missingDevices(this.#devices)) this.#dropChoice(gone);
    this.#publish();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const sources = [this.microphone, this.camera, this.screen];
    runAll([...this.#stopWatching, ...sources.map((source) => () => source.close())]);
  }

  #dropChoice(gone: keyof ChosenDevices): void {
    if (gone === 'speakerId') {
      this.#speakerId = null;
      this.#options.onSpeakerChanged(null);
      this.#options.onTrouble?.('speaker', 'unplugged');
      this.#options.onNotice('speaker-unplugged', null);
      return;
    }
    // The track of a device in use fires `ended`. A choice that is not in use is dropped without a notice.
    const source = gone === 'microphoneId' ? this.microphone : this.camera;
    if (source.track === null) source.dropChoice();
  }

  #source(name: DeviceName, deviceId: string | null, holdMs: number): LocalSource {
    const { capture, sinks, onNotice, onTrouble } = this.#options;
    return new LocalSource({
      open: (id) => capture[name](id),
      isAsking: () => capture.isAsking(name),
      deviceId,
      sink: sinks?.[name] ?? null,
      holdMs,
      onChanged: () => this.#handleChange(name),
      onReplaced: () => {
        onTrouble?.(name, 'unplugged');
        onNotice('device-replaced', null, name);
      },
      onFailed: (failure) => {
        onTrouble?.(name, failure.code);
        onNotice('device-error', failure, name);
      },
    });
  }

  #handleChange(name: DeviceName): void {
    const { state, track } = this[name];
    // Browsers list labels only after the first permission, and `compare` needs the list of the moment of the opening.
    if (track !== null && track !== this.#opened[name].track) void this.refresh();
    this.#options.onNoticesOver(noticesOver(state), name);
    const notice = noticeOf(state);
    if (notice !== null && notice !== this.#shown[name]) this.#options.onNotice(notice, null, name);
    this.#shown[name] = notice;
    this.#publish();
  }

  #chosen(): ChosenDevices {
    return {
      microphoneId: this.#inUse('microphone'),
      cameraId: this.#inUse('camera'),
      speakerId: this.#speakerId,
    };
  }

  /** The device of the live track wins over the choice, because the browser may have opened another device. */
  #inUse(name: DeviceName): string | null {
    const { track, deviceId } = this[name];
    return track === null ? deviceId : (this.#opened[name].idOf(track) ?? deviceId);
  }

  #publish(): void {
    const chosen = this.#chosen();
    const same = (Object.keys(chosen) as (keyof ChosenDevices)[]).every(
      (key) => chosen[key] === this.#devices[key],
    );
    if (!same) this.#devices = { ...this.#devices, ...chosen };
    this.#options.onChanged();
  }
}

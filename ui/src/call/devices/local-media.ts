import type { ClientDevice } from '@parley/proto';
import type { Capture } from './capture.ts';
import type { CallFailure } from '../base/call-failure.ts';
import { listDevices, missingDevices, NO_DEVICES, type ChosenDevices } from './device-list.ts';
import { LocalScreen } from './local-screen.ts';
import { LocalSource } from './local-source.ts';
import type { TrackSink } from './track-sink.ts';
import { callPreferences } from './call-preferences.ts';
import type { CapturedTracks } from './join-choice.ts';
import type { DeviceList } from './device-state.ts';

/** Events of devices that the page shows to the user. The page has the texts. */
export type DeviceNotice =
  | 'microphone-unplugged'
  | 'camera-unplugged'
  | 'microphone-silenced'
  | 'camera-silenced'
  | 'speaker-unplugged'
  | 'device-error'
  | 'screen-share-ended';

export type LocalMediaOptions = {
  capture: Capture;
  chosen: ChosenDevices;
  sinks: Record<'microphone' | 'camera' | 'screen' | 'screen-audio', TrackSink> | null;
  /** Called when any visible state of the devices has changed. */
  onChanged: () => void;
  onSpeakerChanged: (speakerId: string | null) => void;
  onNotice: (kind: DeviceNotice, failure: CallFailure | null) => void;
  /** Reports problems for the metrics of the operators; `onNotice` reports them to the user. */
  onTrouble?: (device: ClientDevice, code: CallFailure['code'] | 'unplugged') => void;
};

const NOWHERE: TrackSink = { attach: () => {}, detach: () => {} };

/** The devices of this computer: the captured tracks, the available devices and the choices of the user. */
export class LocalMedia {
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalScreen;
  readonly #options: LocalMediaOptions;
  readonly #stopWatching: () => void;
  #devices: DeviceList;
  #speakerId: string | null;
  #listing = 0;
  #closed = false;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    this.#speakerId = options.chosen.speakerId;
    this.#devices = { ...NO_DEVICES, ...options.chosen };
    this.microphone = this.#source('microphone', options.chosen.microphoneId);
    this.camera = this.#source('camera', options.chosen.cameraId);
    this.screen = new LocalScreen({
      open: () => options.capture.screen(),
      video: options.sinks?.screen ?? NOWHERE,
      audio: options.sinks?.['screen-audio'] ?? NOWHERE,
      onChanged: options.onChanged,
      onEnded: () => options.onNotice('screen-share-ended', null),
      // If the user closed the picker, show no error.
      onFailed: (failure) => {
        if (failure.code === 'screen_share_denied') return;
        options.onTrouble?.('screen', failure.code);
        options.onNotice('device-error', failure);
      },
    });
    this.#stopWatching = options.capture.onDeviceChange(() => void this.refresh());
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

  async setMicrophone(on: boolean): Promise<void> {
    await this.microphone.set(on);
    // The browser lists labels only after the first permission.
    if (on) await this.refresh();
  }

  async setCamera(on: boolean): Promise<void> {
    await this.camera.set(on);
    if (on) await this.refresh();
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
    this.#devices = listDevices(infos, this.#chosen());
    for (const gone of missingDevices(this.#devices)) this.#dropChoice(gone);
    this.#publish();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWatching();
    this.microphone.close();
    this.camera.close();
    this.screen.close();
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
    if (source.track === null) void source.select(null);
  }

  #source(kind: 'microphone' | 'camera', deviceId: string | null): LocalSource {
    const { capture, sinks, onNotice, onTrouble } = this.#options;
    return new LocalSource({
      open: (id) => capture[kind](id),
      deviceId,
      sink: sinks?.[kind] ?? null,
      onChanged: () => this.#publish(),
      onSilenced: () => onNotice(`${kind}-silenced`, null),
      onUnplugged: () => {
        onTrouble?.(kind, 'unplugged');
        onNotice(`${kind}-unplugged`, null);
      },
      onFailed: (failure) => {
        onTrouble?.(kind, failure.code);
        onNotice('device-error', failure);
      },
    });
  }

  /** The device of the live track wins over the choice, because the browser may have opened another device. */
  #chosen(): ChosenDevices {
    return {
      microphoneId: this.microphone.track?.getSettings().deviceId ?? this.microphone.deviceId,
      cameraId: this.camera.track?.getSettings().deviceId ?? this.camera.deviceId,
      speakerId: this.#speakerId,
    };
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

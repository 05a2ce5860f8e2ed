import type { DeviceState, DeviceList } from './device-state.ts';
import { browserCapture, type Capture } from './capture.ts';
import { LocalMedia } from './local-media.ts';
import { callPreferences } from './call-preferences.ts';
import { ObservableState } from '../base/observable-state.ts';
import { playTone } from './test-tone.ts';
import { TrackLevel, type MakeMeter } from './track-level.ts';
import type { CapturedTracks } from './join-choice.ts';

type PreviewState = {
  microphone: DeviceState;
  camera: DeviceState;
  cameraTrack: MediaStreamTrack | null;
  devices: DeviceList;
  speakerTest: 'idle' | 'playing' | 'failed';
};

/** The devices of the pre-join page, made by `createPreview`. Sends nothing. */
export interface PreviewClient {
  getState(): PreviewState;
  subscribe(listener: () => void): () => void;

  /** The methods from here to `playTestTone` never reject: a failure is in the state. */
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  selectMicrophone(deviceId: string): Promise<void>;
  selectCamera(deviceId: string): Promise<void>;
  selectSpeaker(deviceId: string): Promise<void>;
  /** Plays a short tone on the chosen speaker. Resolves when the tone ends. */
  playTestTone(): Promise<void>;
  /** The loudness of the microphone now, 0 to 1. Cheap enough for each animation frame. */
  getMicrophoneLevel: () => number;
  /** Returns the live tracks for `JoinChoice.tracks` and closes the preview. The caller stops the tracks. */
  handOver(): CapturedTracks;
  /** Frees every device that was not handed over. Synchronous and idempotent. */
  close(): void;
}

export type PreviewOptions = {
  /** Replaces the devices of the browser in tests. */
  capture?: Capture;
  meter?: MakeMeter;
};

/** The preview opens no device until `setMicrophone` or `setCamera` turns one on. */
export function createPreview(options: PreviewOptions = {}): PreviewClient {
  return new DevicePreview(options);
}

class DevicePreview implements PreviewClient {
  readonly #local: LocalMedia;
  readonly #store: ObservableState<PreviewState>;
  readonly #level: TrackLevel;
  readonly #ending = new AbortController();
  #closed = false;

  constructor(options: PreviewOptions) {
    this.#level = new TrackLevel(options.meter);
    this.#local = new LocalMedia({
      capture: options.capture ?? browserCapture,
      chosen: callPreferences.load(),
      sinks: null,
      onChanged: () => this.#refresh(),
      onSpeakerChanged: () => {},
      // Every failure is in the state of its device.
      onNotice: () => {},
      onNoticesOver: () => {},
      // Nothing is sent here, and quick toggles are rare.
      afterMute: 'free',
    });
    this.#store = new ObservableState(this.#read('idle'));
  }

  getState(): PreviewState {
    return this.#store.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#local.setMicrophone(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.#local.setCamera(on);
  }

  selectMicrophone(deviceId: string): Promise<void> {
    return this.#local.selectMicrophone(deviceId);
  }

  selectCamera(deviceId: string): Promise<void> {
    return this.#local.selectCamera(deviceId);
  }

  selectSpeaker(deviceId: string): Promise<void> {
    return this.#local.selectSpeaker(deviceId);
  }

  async playTestTone(): Promise<void> {
    if (this.#closed || this.#store.get().speakerTest === 'playing') return;
    this.#store.update({ speakerTest: 'playing' });
    try {
      await playTone(this.#local.devices.speakerId, this.#ending.signal);
      this.#store.update({ speakerTest: 'idle' });
    } catch {
      this.#store.update({ speakerTest: 'failed' });
    }
  }

  readonly getMicrophoneLevel = (): number => this.#level.read();

  handOver(): CapturedTracks {
    const tracks = this.#closed
      ? { microphone: null, camera: null }
      : { microphone: this.#local.microphone.surrender(), camera: this.#local.camera.surrender() };
    this.close();
    return tracks;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ending.abort();
    this.#local.close();
    this.#level.follow(null);
    this.#store.update(this.#read('idle'));
  }

  #refresh(): void {
    if (this.#closed) return;
    this.#level.follow(this.#local.microphone.track);
    this.#store.update(this.#read(this.#store.get().speakerTest));
  }

  #read(speakerTest: PreviewState['speakerTest']): PreviewState {
    const { microphone, camera, devices } = this.#local;
    return {
      microphone: microphone.state,
      camera: camera.state,
      cameraTrack: camera.track,
      devices,
      speakerTest,
    };
  }
}

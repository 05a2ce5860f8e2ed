import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import type { PageReturn } from '../../src/call/base/page-return.ts';
import type { Capture } from '../../src/call/devices/capture.ts';
import type { CapturedScreen } from '../../src/call/screen/screen-capture.ts';
import type { CallError } from '../../src/call/base/call-failure.ts';
import { deferred, type Deferred } from './wait-for.ts';

export type FakeTrack = MediaStreamTrack &
  Pick<FakeMediaStreamTrack, 'remoteStop' | 'remoteMute' | 'remoteUnmute'>;

export function makeTrack(kind: 'audio' | 'video', deviceId = 'default'): FakeTrack {
  return new FakeMediaStreamTrack({ kind, settings: { deviceId } });
}

export type Opening = {
  kind: 'microphone' | 'camera' | 'screen';
  deviceId: string | null;
} & Deferred<FakeTrack>;

/** Devices that open when the test says so, and every track they ever gave. */
export class ManualCapture implements Capture {
  readonly openings: Opening[] = [];
  readonly tracks: FakeTrack[] = [];
  infos: MediaDeviceInfo[] = [];
  #listener: () => void = () => {};
  #returned: (how: PageReturn) => void = () => {};

  microphone(deviceId: string | null): Promise<MediaStreamTrack> {
    return this.#open('microphone', deviceId);
  }

  camera(deviceId: string | null): Promise<MediaStreamTrack> {
    return this.#open('camera', deviceId);
  }

  async screen(): Promise<CapturedScreen> {
    return { video: await this.#open('screen', null), audio: null, soundLeftOut: false };
  }

  async enumerate(): Promise<MediaDeviceInfo[]> {
    return this.infos;
  }

  onDeviceChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = () => {});
  }

  async isAsking(): Promise<boolean> {
    return true;
  }

  onReturn(listener: (how: PageReturn) => void): () => void {
    this.#returned = listener;
    return () => (this.#returned = () => {});
  }

  comeBack(): void {
    this.#returned('visible');
  }

  changeDevices(infos: MediaDeviceInfo[]): void {
    this.infos = infos;
    this.#listener();
  }

  /** Grants the oldest opening that is still waiting, with the device that was asked for or another one. */
  grant(deviceId?: string): FakeTrack {
    const opening = this.#next();
    const kind = opening.kind === 'microphone' ? 'audio' : 'video';
    const track = this.#keep(makeTrack(kind, deviceId ?? opening.deviceId ?? 'default'));
    opening.resolve(track);
    return track;
  }

  refuse(code: CallError['code']): void {
    this.#next().reject(new CallFailure(code));
  }

  /** The tracks that hold a device, copies included. */
  get live(): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === 'live');
  }

  /** The live tracks that deliver something. */
  get heard(): FakeTrack[] {
    return this.live.filter((track) => track.enabled);
  }

  #keep(track: FakeTrack): FakeTrack {
    this.tracks.push(track);
    const clone = track.clone.bind(track);
    track.clone = () => this.#keep(clone() as FakeTrack);
    return track;
  }

  #next(): Opening {
    const opening = this.openings.shift();
    if (opening === undefined) throw new Error('nothing is being opened');
    return opening;
  }

  #open(kind: Opening['kind'], deviceId: string | null): Promise<MediaStreamTrack> {
    const opening = { kind, deviceId, ...deferred<FakeTrack>() };
    this.openings.push(opening);
    return opening.promise;
  }
}

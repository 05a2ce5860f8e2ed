import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import type { Capture } from '../../src/call/devices/capture.ts';
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

  microphone(deviceId: string | null): Promise<MediaStreamTrack> {
    return this.#open('microphone', deviceId);
  }

  camera(deviceId: string | null): Promise<MediaStreamTrack> {
    return this.#open('camera', deviceId);
  }

  async screen(): Promise<{ video: MediaStreamTrack; audio: MediaStreamTrack | null }> {
    return { video: await this.#open('screen', null), audio: null };
  }

  async enumerate(): Promise<MediaDeviceInfo[]> {
    return this.infos;
  }

  onDeviceChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => (this.#listener = () => {});
  }

  changeDevices(infos: MediaDeviceInfo[]): void {
    this.infos = infos;
    this.#listener();
  }

  /** The oldest opening that is still waiting. */
  grant(): FakeTrack {
    const opening = this.#next();
    const track = makeTrack(opening.kind === 'microphone' ? 'audio' : 'video', opening.deviceId ?? 'default');
    this.tracks.push(track);
    opening.resolve(track);
    return track;
  }

  refuse(code: CallError['code']): void {
    this.#next().reject(new CallFailure(code));
  }

  get live(): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === 'live');
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

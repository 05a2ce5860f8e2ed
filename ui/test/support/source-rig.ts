import { LocalSource } from '../../src/call/devices/local-source.ts';
import type { CallFailure } from '../../src/call/base/call-failure.ts';
import { ManualCapture, type FakeTrack } from './tracks.ts';

/** A local source with devices that open when the test says so, and everything that it reports. */
export class SourceRig {
  readonly capture = new ManualCapture();
  readonly source: LocalSource;
  readonly everAttached: MediaStreamTrack[] = [];
  readonly failures: CallFailure[] = [];
  attached: MediaStreamTrack | null = null;
  replaced = 0;
  isAsking = true;

  constructor(holdMs = 0) {
    this.source = new LocalSource({
      open: (deviceId) => this.capture.microphone(deviceId),
      isAsking: async () => this.isAsking,
      deviceId: null,
      holdMs,
      sink: {
        attach: (track) => {
          this.attached = track;
          this.everAttached.push(track);
        },
        detach: () => (this.attached = null),
      },
      onChanged: () => {},
      onReplaced: () => (this.replaced += 1),
      onFailed: (failure) => this.failures.push(failure),
    });
  }

  get codes(): string[] {
    return this.failures.map(({ code }) => code);
  }

  async turnOn(): Promise<FakeTrack> {
    const done = this.source.set(true);
    const track = this.capture.grant();
    await done;
    return track;
  }
}

import { asFailure } from '../base/call-failure.ts';
import type { Capture } from '../devices/capture.ts';
import { playTone } from '../devices/test-tone.ts';
import { skipped, well, wrong, type Check, type CheckResult } from './check.ts';
import { within } from '../base/time/deadline.ts';

/** The user needs time to see the browser's permission prompt and to answer it. */
const ANSWER_TIMEOUT_MS = 60_000;
const TONE_TIMEOUT_MS = 6_000;

/** Opens a microphone or a camera and frees it at once. */
export class DeviceCheck implements Check {
  readonly name: 'microphone' | 'camera';
  readonly #capture: Capture;

  constructor(name: 'microphone' | 'camera', capture: Capture) {
    this.name = name;
    this.#capture = capture;
  }

  async run(signal: AbortSignal): Promise<CheckResult> {
    const opening = this.#capture[this.name](null);
    // Stop the track even if the browser opens it after the check was stopped.
    opening.then(
      (track) => track.stop(),
      () => {},
    );
    try {
      return (await within(ANSWER_TIMEOUT_MS, opening, signal)) === null ? wrong('no-answer') : well();
    } catch (error) {
      signal.throwIfAborted();
      const { code } = asFailure(error);
      return code === 'insecure_origin' ? skipped('needs-secure-origin') : wrong('device', { error: code });
    }
  }
}

/** Plays three notes. The check fails if they cannot be played; it cannot know whether the user hears them. */
export class SpeakerCheck implements Check {
  readonly name = 'speaker';
  readonly #capture: Capture;

  constructor(capture: Capture) {
    this.#capture = capture;
  }

  async run(signal: AbortSignal): Promise<CheckResult> {
    const played = playTone(null, signal).then(
      () => true,
      () => false,
    );
    if ((await within(TONE_TIMEOUT_MS, played, signal)) !== true) return wrong('no-speaker');
    const devices = await this.#capture.enumerate();
    // Not every browser lists its speakers, and some list them only with the permission for the microphone.
    return devices.some(({ kind }) => kind === 'audiooutput') ? well() : skipped('unknown-speakers');
  }
}

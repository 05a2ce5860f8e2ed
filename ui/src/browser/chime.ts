const NOTES_HZ = [659.25, 880];
const NOTE_SECONDS = 0.18;
const LOUDNESS = 0.08;
/** Several things at once make one sound. */
const PAUSE_MS = 3_000;
/** Longer than the sound. */
const CLOSE_AFTER_MS = 2_000;

/** An audio context that plays on a chosen speaker. Some browsers lack `setSinkId`. */
type WithSink = AudioContext & { setSinkId?: (speakerId: string) => Promise<void> };

/** A short quiet sound for a person who looks at another page. */
export class Chime {
  readonly #ring: (speakerId: string | null) => Promise<void>;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** @param sound Makes the sound. Tests pass a fake. */
  constructor(sound = ring) {
    this.#ring = sound;
  }

  /** Never throws: without sound the title of the page still says the same. */
  play(speakerId: string | null, now = Date.now()): void {
    if (now - this.#lastAt < PAUSE_MS) return;
    this.#lastAt = now;
    void this.#ring(speakerId).catch(() => undefined);
  }
}

async function ring(speakerId: string | null): Promise<void> {
  const context: WithSink = new AudioContext();
  if (speakerId !== null) await context.setSinkId?.(speakerId).catch(() => undefined);
  for (const [index, frequency] of NOTES_HZ.entries()) {
    const startsAt = context.currentTime + 0.02 + index * NOTE_SECONDS;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, startsAt);
    gain.gain.linearRampToValueAtTime(LOUDNESS, startsAt + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, startsAt + NOTE_SECONDS * 1.5);
    const oscillator = new OscillatorNode(context, { frequency });
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(startsAt);
    oscillator.stop(startsAt + NOTE_SECONDS * 1.5);
  }
  // The context closes after a time and not with the end of its notes: while the system lets no sound out they never end, and would all sound
  // later.
  setTimeout(() => void context.close().catch(() => undefined), CLOSE_AFTER_MS);
}

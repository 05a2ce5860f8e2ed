const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_SECONDS = 0.28;
const LOUDNESS = 0.16;

/**
 * Plays three rising notes on a speaker. Resolves when they end or the signal aborts. Rejects if the speaker cannot be
 * used.
 */
export async function playTone(speakerId: string | null, signal: AbortSignal): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const destination = context.createMediaStreamDestination();
    const seconds = scheduleNotes(context, destination);
    element.srcObject = destination.stream;
    if (speakerId !== null && typeof element.setSinkId === 'function') await element.setSinkId(speakerId);
    if (context.state === 'suspended') await context.resume();
    await element.play();
    await untilOver(seconds * 1000, signal);
  } finally {
    element.pause();
    element.srcObject = null;
    await context.close().catch(() => {});
  }
}

/** Returns the duration of all notes in seconds. */
function scheduleNotes(context: AudioContext, destination: AudioNode): number {
  NOTES_HZ.forEach((frequency, index) => {
    const startsAt = context.currentTime + 0.05 + index * NOTE_SECONDS;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, startsAt);
    gain.gain.linearRampToValueAtTime(LOUDNESS, startsAt + 0.02);
    gain.gain.linearRampToValueAtTime(0, startsAt + NOTE_SECONDS);
    oscillator.connect(gain).connect(destination);
    oscillator.start(startsAt);
    oscillator.stop(startsAt + NOTE_SECONDS);
  });
  return 0.15 + NOTES_HZ.length * NOTE_SECONDS;
}

function untilOver(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

import type { PeerId } from '@parley/proto/ids';

/** The participants who speak now, and when each spoke last. Time is counted in turns: one for each change of speakers. */
export type SpeechMemory = {
  turn: number;
  speaking: ReadonlySet<PeerId>;
  lastSpokeAt: ReadonlyMap<PeerId, number>;
};

export const NO_SPEECH: SpeechMemory = { turn: 0, speaking: new Set(), lastSpokeAt: new Map() };

/** Returns the same object while the same participants speak. */
export function rememberSpeech(memory: SpeechMemory, speaking: readonly PeerId[]): SpeechMemory {
  if (speaking.length === memory.speaking.size && speaking.every((id) => memory.speaking.has(id)))
    return memory;
  const turn = memory.turn + 1;
  const lastSpokeAt = new Map(memory.lastSpokeAt);
  for (const id of speaking) lastSpokeAt.set(id, turn);
  return { turn, speaking: new Set(speaking), lastSpokeAt };
}

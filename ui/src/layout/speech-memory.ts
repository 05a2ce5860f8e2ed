import type { PeerId } from '@parley/proto';

/** Who speaks now and who spoke when, counted in turns rather than in time. */
export type SpeechMemory = {
  turn: number;
  speaking: ReadonlySet<PeerId>;
  lastSpokeAt: ReadonlyMap<PeerId, number>;
};

export const NO_SPEECH: SpeechMemory = { turn: 0, speaking: new Set(), lastSpokeAt: new Map() };

/** The same object while the same people speak. */
export function rememberSpeech(memory: SpeechMemory, speaking: readonly PeerId[]): SpeechMemory {
  if (speaking.length === memory.speaking.size && speaking.every((id) => memory.speaking.has(id)))
    return memory;
  const turn = memory.turn + 1;
  const lastSpokeAt = new Map(memory.lastSpokeAt);
  for (const id of speaking) lastSpokeAt.set(id, turn);
  return { turn, speaking: new Set(speaking), lastSpokeAt };
}

import type { PersonWishes, Sending, Wish } from './load/commands.ts';

/** What each person looks at and hears. */
export type View = {
  /** Pictures at most; all of them without a number. */
  tiles?: number;
  /** The simulcast layer of each picture. */
  layer: number;
  /** Voices at most: those who talk, and others. */
  voices: number;
};

/** The wishes of these people, of what is sent in the room. Nobody receives themselves. */
export function wishesOf(
  people: readonly number[],
  sendings: readonly Sending[],
  { tiles = Number.POSITIVE_INFINITY, layer, voices }: View,
): PersonWishes[] {
  const cameras = sendings.filter(({ source }) => source === 'camera');
  const microphones = sendings.filter(({ source }) => source === 'microphone');
  // Those who talk come first, whoever listens.
  const heard = [...microphones].sort((a, b) => Number(b.talks) - Number(a.talks));
  return people.map((person) => ({
    person,
    wishes: [
      ...others(heard, person).slice(0, voices).map(toWish),
      ...page(others(cameras, person), person, tiles).map((one) => ({ ...toWish(one), layer })),
    ],
  }));
}

function others(sendings: readonly Sending[], person: number): Sending[] {
  return sendings.filter((sending) => sending.person !== person);
}

/** The page of pictures of this person, so that all pictures are looked at by about as many. */
function page(cameras: readonly Sending[], person: number, tiles: number): Sending[] {
  if (cameras.length <= tiles) return [...cameras];
  return Array.from(
    { length: tiles },
    (_, index) => cameras[(person * tiles + index) % cameras.length],
  ).filter((camera) => camera !== undefined);
}

function toWish({ producerId }: Sending): Wish {
  return { producerId };
}

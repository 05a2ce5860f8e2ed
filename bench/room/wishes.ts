import type { GuestWishes, Sending, Wish } from './load/commands.ts';

/** What each person looks at and hears. */
export type View = {
  /** Pictures at most; all of them without a number. */
  tiles?: number;
  /** The simulcast layer of each picture. */
  layer: number;
  /** Voices at most: those who talk, and others. */
  voices: number;
};

/** The wishes of these guests, of what is sent in the room. Nobody receives themselves. */
export function wishesOf(
  guests: readonly number[],
  sendings: readonly Sending[],
  { tiles = Number.POSITIVE_INFINITY, layer, voices }: View,
): GuestWishes[] {
  const cameras = sendings.filter(({ source }) => source === 'camera');
  const microphones = sendings.filter(({ source }) => source === 'microphone');
  // Those who talk come first, whoever listens.
  const heard = [...microphones].sort((a, b) => Number(b.talks) - Number(a.talks));
  return guests.map((guest) => ({
    guest,
    wishes: [
      ...others(heard, guest).slice(0, voices).map(toWish),
      ...page(others(cameras, guest), guest, tiles).map((one) => ({ ...toWish(one), layer })),
    ],
  }));
}

function others(sendings: readonly Sending[], guest: number): Sending[] {
  return sendings.filter((sending) => sending.guest !== guest);
}

/** The page of pictures of this guest, so that all pictures are looked at by about as many. */
function page(cameras: readonly Sending[], guest: number, tiles: number): Sending[] {
  if (cameras.length <= tiles) return [...cameras];
  return Array.from(
    { length: tiles },
    (_, index) => cameras[(guest * tiles + index) % cameras.length],
  ).filter((camera) => camera !== undefined);
}

function toWish({ producerId }: Sending): Wish {
  return { producerId };
}

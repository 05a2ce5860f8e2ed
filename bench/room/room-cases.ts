/**
 * What people receive. `tiles`: what a page asks for. The others are all-to-all: `everySmall` of the same pictures, with the voices that the room chooses; `everyWhole` of all
 * that cameras send; `everything` of the same pictures and of every microphone, which sends without pause (mediasoup-client's default, no DTX).
 */
export const WAYS = ['tiles', 'everySmall', 'everyWhole', 'everything'] as const;
export type Way = (typeof WAYS)[number];

export const WAY_TITLES: Readonly<Record<Way, string>> = {
  tiles: 'nine tiles, small layer',
  everySmall: 'every camera, small layer',
  everyWhole: 'every camera, whole picture',
  everything: 'every camera, small layer, every microphone without DTX',
};

/** Pictures that one person looks at, people who talk, and voices that a room forwards at most (`AUDIO_VOICES`). */
export const TILES = 9;
export const TALKERS = 3;
export const VOICES = 12;

/** A room of so many people, who send at this share of the usual rate. */
export type RoomCase = { people: number; scale: number; ways: readonly Way[] };

/**
 * The rates are such that two cores carry what all-to-all forwards, clients included; all-to-all of two hundred people, 42,200 streams, it
 * does not carry at any rate: a worker that makes so many does not answer for seconds, and is replaced.
 */
export const ROOMS: readonly RoomCase[] = [
  { people: 10, scale: 1, ways: WAYS },
  { people: 25, scale: 1 / 4, ways: WAYS },
  { people: 50, scale: 1 / 16, ways: WAYS },
  { people: 200, scale: 1 / 24, ways: ['tiles'] },
];

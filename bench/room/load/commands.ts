import type { RegionTimes } from '@parley/proto/regions';
import type { Ticket } from '../../crowd/crowd-system.ts';

export type SentSource = 'microphone' | 'camera';

/** Somebody who comes into the room. */
export type Newcomer = {
  number: number;
  ticket: Ticket;
  sends: readonly SentSource[];
  /** Whether this person speaks; the others have an open microphone and are silent. */
  talks: boolean;
  regionTimes?: RegionTimes;
};

/** What a person sends. */
export type Sending = { person: number; source: SentSource; talks: boolean; producerId: string };

/** What a person wants to receive; of a picture the highest layer. */
export type Wish = { producerId: string; layer?: number };
export type PersonWishes = { person: number; wishes: readonly Wish[] };

/** The shares of the usual rates at which is sent. With `turnMs` those who talk do so one after the other, each for so long. */
export type Playing = { voices: number; pictures: number; turnMs?: number };

/** What was sent and received since `begin`. */
export type Count = {
  /** Packets of each layer; a voice has one. */
  sent: readonly { producerId: string; layers: readonly number[] }[];
  received: readonly Receipt[];
  /** Why people lost their media or were ended, since they came: nobody should. */
  losses: readonly string[];
};
export type Receipt = {
  person: number;
  producerId: string;
  packets: number;
  /** With RTP headers. */
  bytes: number;
  /** Packets by the layer whose size they have. */
  layers: readonly number[];
};

/** What the load can be asked. */
export type Commands = {
  /** They come, some at a time, and open their media. */
  enter: {
    question: readonly Newcomer[];
    answer: { joinMs: number[]; sendings: Sending[]; failures: string[] };
  };
  /** They ask for what they want. `refused` has the code of each refusal. */
  consume: { question: readonly PersonWishes[]; answer: { made: number; refused: string[] } };
  /** They want this layer of all pictures from now on. */
  prefer: { question: { layer: number }; answer: null };
  play: { question: Playing; answer: null };
  rest: { question: null; answer: null };
  begin: { question: null; answer: null };
  count: { question: null; answer: Count };
  /** All leave. */
  leave: { question: null; answer: null };
};
export type CommandName = keyof Commands;
export type Order = { id: number; name: CommandName; question: unknown };
export type Outcome = { id: number; answer: unknown } | { id: number; error: string };

import { waitFor } from '@parley/common/testing';
import { Talker, type TalkerOptions } from './talker.ts';

const SETTLES_WITHIN_MS = 60_000;

/** Somebody who listens to another one. */
type Pair = readonly [listener: Talker, speaker: Talker];

/** People without a browser in one room, each of whom sends sound and receives that of all others. */
export class TalkingRoom {
  readonly talkers: readonly Talker[];

  /** They come one after the other. Resolves when everybody receives everybody. */
  static async gather(people: readonly TalkerOptions[]): Promise<TalkingRoom> {
    const talkers: Talker[] = [];
    const room = new TalkingRoom(talkers);
    try {
      for (const one of people) {
        talkers.push(await Talker.join(one));
        await room.settled();
      }
      return room;
    } catch (error) {
      room.close();
      throw error;
    }
  }

  private constructor(talkers: readonly Talker[]) {
    this.talkers = talkers;
  }

  /** Begins to measure gaps anew. */
  watch(): void {
    for (const talker of this.talkers) talker.watch();
  }

  /** Whether each person has a consumer of what each other one sends now, and receives it unless that one is muted. */
  get whole(): boolean {
    return this.unheard.length === 0;
  }

  /** Of whom this does not hold at this moment. */
  get unheard(): string[] {
    return this.#pairs()
      .filter(([listener, speaker]) => !listener.hears(speaker))
      .map(([listener, speaker]) => `${listener.peer.name} ← ${speaker.peer.name}`);
  }

  /** Resolves when the room is whole. */
  async settled(): Promise<void> {
    await waitFor(() => this.whole, {
      timeoutMs: SETTLES_WITHIN_MS,
      what: 'everybody to receive everybody',
      describe: () => this.unheard,
    });
  }

  /** The longest time for which one of these did not receive another one, since `watch`, in milliseconds. */
  longestGapMs(among: readonly Talker[]): number {
    return this.#longestMs((pair) => pair.every((one) => among.includes(one)));
  }

  /** The longest time for which one of these did not receive anybody, or was not received by anybody, since `watch`, in milliseconds. */
  longestAbsenceMs(of: readonly Talker[]): number {
    return this.#longestMs((pair) => pair.some((one) => of.includes(one)));
  }

  /** Packets of muted people that anybody has received. */
  get leaked(): number {
    const muted = this.talkers.filter((talker) => talker.muted);
    const counts = this.talkers.flatMap((listener) => muted.map((speaker) => listener.received(speaker)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  close(): void {
    for (const talker of this.talkers) talker.close();
  }

  #longestMs(isMeant: (pair: Pair) => boolean): number {
    const heard = this.#pairs().filter((pair) => !pair[1].muted && isMeant(pair));
    return Math.max(0, ...heard.map(([listener, speaker]) => listener.longestGapMs(speaker)));
  }

  #pairs(): Pair[] {
    return this.talkers.flatMap((listener) =>
      this.talkers.filter((speaker) => speaker !== listener).map((speaker): Pair => [listener, speaker]),
    );
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { CrowdSystem } from '../crowd/crowd-system.ts';
import type { Newcomer, PersonWishes, Playing, Sending } from './load/commands.ts';
import type { LoadProcess } from './load-process.ts';
import { SMALL } from './rates.ts';
import { tallyOf, isSettled, type Tally } from './tally.ts';
import { wishesOf, type View } from './wishes.ts';

/**
 * A microphone that was unmuted so lately is forwarded before all but the loudest, on each node from the time when it knows of the microphone (`JUST_UNMUTED_MS`
 * of the media service). Later those stay that spoke last.
 */
const JUST_UNMUTED_MS = 10_500;
/** The node hears who talks before voices are sent at a smaller rate, at which it takes nobody for a speaker. */
const SPEECH_MS = 1_500;
const SETTLE_MS = 2_000;
const SETTLED_WITHIN_MS = 20_000;
/** By then the last packet has arrived. */
const ARRIVAL_MS = 500;

/** CPU in nanoseconds, and time in milliseconds, of a window. */
export type Usage = {
  tookMs: number;
  mediaServices: number;
  /** Of each worker of each node. */
  workers: readonly number[];
  signaling: number;
  load: number;
};
export type Window = { tally: Tally; usage: Usage };
type Invitation = Pick<Newcomer, 'sends' | 'talks' | 'regionTimes'> & { role: 'participant' | 'viewer' };
type Reading = Omit<Usage, 'tookMs'> & { atMs: number };

/** The people of one room, in the process of the load. */
export class Gathering {
  readonly #system: CrowdSystem;
  readonly #load: LoadProcess;
  readonly #code: string;
  readonly #people: number[] = [];
  #sendings: Sending[] = [];
  #wishes: PersonWishes[] = [];
  /** The layer that all want since `prefer`. */
  #preferred: number | undefined;
  /** When somebody came, or asked for something, the last time. */
  #changedAtMs = 0;

  static async begin(system: CrowdSystem, load: LoadProcess): Promise<Gathering> {
    return new Gathering(system, load, await system.createRoom());
  }

  private constructor(system: CrowdSystem, load: LoadProcess, code: string) {
    this.#system = system;
    this.#load = load;
    this.#code = code;
  }

  get people(): number {
    return this.#people.length;
  }

  get streams(): number {
    return this.#wishes.reduce((sum, { wishes }) => sum + wishes.length, 0);
  }

  /** These people come. Resolves with how long each join took, in milliseconds. Throws if one of them fails. */
  async invite(invitations: readonly Invitation[]): Promise<number[]> {
    const newcomers = invitations.map(({ role, ...invitation }, index) => ({
      ...invitation,
      number: this.#people.length + index,
      ticket: this.#system.ticket(this.#code, role),
    }));
    const { joinMs, sendings, failures } = await this.#load.ask('enter', newcomers);
    if (failures.length > 0) throw new Error(`${failures.length} people did not come in: ${failures[0]}`);
    this.#changedAtMs = performance.now();
    this.#people.push(...newcomers.map(({ number }) => number));
    // As in the order of joining, whoever was answered first.
    this.#sendings = [...this.#sendings, ...sendings].sort((a, b) => a.person - b.person);
    return joinMs;
  }

  /** All ask for what they look at. Resolves with the codes of what was refused. */
  async look(view: View): Promise<string[]> {
    const wishes = wishesOf(this.#people, this.#sendings, view);
    const known = new Set(this.#wishes.flatMap(keysOf));
    const added = wishes.map(({ person, wishes: all }) => ({
      person,
      wishes: all.filter(({ producerId }) => !known.has(`${person} ${producerId}`)),
    }));
    this.#wishes = wishes;
    const { refused } = await this.#load.ask('consume', added);
    this.#changedAtMs = performance.now();
    return refused;
  }

  /** All want another layer of the pictures that they look at. */
  async prefer(layer: number): Promise<void> {
    await this.#load.ask('prefer', { layer });
    this.#preferred = layer;
    this.#wishes = this.#wishes.map(({ person, wishes }) => ({
      person,
      wishes: wishes.map((wish) => (wish.layer === undefined ? wish : { ...wish, layer })),
    }));
  }

  /** Sends for this time, and looks at what that cost and what of it arrived. */
  async measure(playing: Playing, forMs: number): Promise<Window> {
    const load = this.#load;
    await delay(Math.max(0, this.#changedAtMs + JUST_UNMUTED_MS - performance.now()));
    await load.ask('play', { ...playing, voices: 1 });
    await delay(SPEECH_MS);
    await load.ask('play', playing);
    await this.#settle();
    await load.ask('begin', null);
    const before = this.#read();
    await delay(forMs);
    await load.ask('rest', null);
    const after = this.#read();
    await delay(ARRIVAL_MS);
    const count = await load.ask('count', null);
    const [loss] = count.losses;
    if (loss !== undefined)
      throw new Error(`people lost what they had, ${count.losses.length} times: ${loss}`);
    return { tally: tallyOf(this.#wishes, this.#sendings, count), usage: usageOf(before, after) };
  }

  /** Resolves with the packets that arrived of all that was sent in this time. */
  async receive(playing: Playing, forMs: number): Promise<number> {
    await this.#load.ask('begin', null);
    await this.#load.ask('play', playing);
    await delay(forMs);
    await this.#load.ask('rest', null);
    await delay(ARRIVAL_MS);
    const { received } = await this.#load.ask('count', null);
    return received.reduce((sum, { packets }) => sum + packets, 0);
  }

  async leave(): Promise<void> {
    await this.#load.ask('leave', null);
  }

  /**
   * Resolves when all arrives in the layers that were asked for. A change of layers waits for the next reports of the senders. After a while it resolves in
   * any case: the tally says what is missing.
   */
  async #settle(): Promise<void> {
    const until = performance.now() + SETTLED_WITHIN_MS;
    let isOver = false;
    while (!isOver) {
      await this.#load.ask('begin', null);
      await delay(SETTLE_MS);
      const tally = tallyOf(this.#wishes, this.#sendings, await this.#load.ask('count', null));
      isOver = isSettled(tally) || performance.now() > until;
      if (!isOver && tally.otherLayers > 0) await this.#preferAgain();
    }
  }

  /** The worker chooses a layer anew only if another one is wanted: one that was not there at its last choice would be missed for ever. */
  async #preferAgain(): Promise<void> {
    if (this.#preferred === undefined) return;
    await this.#load.ask('prefer', { layer: SMALL });
    await this.#load.ask('prefer', { layer: this.#preferred });
  }

  #read(): Reading {
    const media = this.#system.media.map((node) => node.cpu());
    return {
      mediaServices: media.reduce((sum, { service }) => sum + service, 0),
      workers: media.flatMap(({ workers }) => workers),
      signaling: this.#system.signalingCpu(),
      load: this.#load.cpu(),
      atMs: performance.now(),
    };
  }
}

function keysOf({ person, wishes }: PersonWishes): string[] {
  return wishes.map(({ producerId }) => `${person} ${producerId}`);
}

function usageOf(before: Reading, after: Reading): Usage {
  const workers = after.workers.map((nanoseconds, index) => nanoseconds - (before.workers[index] ?? 0));
  const difference = (of: 'mediaServices' | 'signaling' | 'load' | 'atMs') => after[of] - before[of];
  return {
    tookMs: difference('atMs'),
    mediaServices: difference('mediaServices'),
    workers,
    signaling: difference('signaling'),
    load: difference('load'),
  };
}

/** CPU of workers, services of media nodes and signaling together, in nanoseconds. */
export function serverCpu({ mediaServices, workers, signaling }: Usage): number {
  return workers.reduce((sum, nanoseconds) => sum + nanoseconds, mediaServices + signaling);
}

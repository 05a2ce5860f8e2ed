import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { Pace } from '../pace.ts';
import { percentile } from '../summary.ts';
import type { FastSocket } from './fast-socket.ts';

/** One of so many clients reads what it receives, to measure the time that it took. The others only count. */
const READER_OF = 10;
const REACTED = '42["peer:reacted"';
const PEER_ID = '"peerId":"';
const PEER_ID_LENGTH = 36;
const SETTLE_MS = 1_000;

export type Listener = { peerId: string; socket: FastSocket };
/** What all clients of one room received in a time, in which their process used so much of a core. */
export type Deliveries = {
  count: number;
  expected: number;
  tookMs: number;
  p50Ms: number;
  p99Ms: number;
  clientsPercent: number;
  serverNs: number;
};

/** The people of one room, who react to each other. */
export class Audience {
  readonly #people: readonly Listener[];
  /** When each of them reacted the last time. */
  readonly #reactedAt = new Map<string, number>();
  #count = 0;
  #reactions = 0;
  #took: number[] = [];
  #refusal: string | undefined;

  constructor(people: readonly Listener[]) {
    this.#people = people;
    for (const [index, { socket }] of people.entries()) {
      const isReader = index % READER_OF === 0;
      socket.onEvent = (data) => {
        if (data.toString('latin1', 0, REACTED.length) !== REACTED) return;
        this.#count += 1;
        if (isReader) this.#read(data);
      };
    }
  }

  /**
   * Sends `perSecond` reactions a second for `forMs`; all people take turns.
   *
   * @param serverCpu The CPU time of the server so far, in nanoseconds.
   */
  async react(perSecond: number, forMs: number, serverCpu: () => number): Promise<Deliveries> {
    const pace = new Pace(this.#people.length, perSecond / this.#people.length, (number) =>
      this.#react(number),
    );
    pace.start();
    await delay(SETTLE_MS);
    [this.#count, this.#reactions, this.#took] = [0, 0, []];
    const [cpu, server, startedAt] = [process.cpuUsage(), serverCpu(), performance.now()];
    await delay(forMs);
    const tookMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    const deliveries = {
      count: this.#count,
      expected: this.#reactions * (this.#people.length - 1),
      tookMs,
      p50Ms: percentile(this.#took, 0.5),
      p99Ms: percentile(this.#took, 0.99),
      clientsPercent: (user + system) / tookMs / 10,
      serverNs: serverCpu() - server,
    };
    pace.stop();
    await this.#untilAllArrived();
    if (this.#refusal !== undefined) throw new Error(`a reaction was refused: ${this.#refusal}`);
    return deliveries;
  }

  close(): void {
    for (const { socket } of this.#people) socket.close();
  }

  /** What is still under way belongs to no later measurement. */
  async #untilAllArrived(): Promise<void> {
    let before = -1;
    while (this.#count !== before) {
      before = this.#count;
      await delay(SETTLE_MS);
    }
  }

  #react(number: number): void {
    const person = this.#people[number];
    if (person === undefined) return;
    this.#reactions += 1;
    this.#reactedAt.set(person.peerId, performance.now());
    person.socket.request('peer:react', { reaction: 'clap' }).then(
      (reply) => {
        const { ok, error } = reply as { ok: boolean; error?: { code: string } };
        if (!ok) this.#refusal = error?.code ?? 'unknown';
      },
      (error: unknown) => (this.#refusal = String(error)),
    );
  }

  #read(data: Buffer): void {
    const from = data.indexOf(PEER_ID) + PEER_ID.length;
    const reactedAt = this.#reactedAt.get(data.toString('latin1', from, from + PEER_ID_LENGTH));
    if (reactedAt !== undefined) this.#took.push(performance.now() - reactedAt);
  }
}

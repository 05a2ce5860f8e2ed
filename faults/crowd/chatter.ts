import { waitFor } from '@parley/common/testing';
import { mustBe, type Finding } from '../../attack/frame/attack.ts';
import type { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { secondsUntil } from '../frame/waiting.ts';

const EACH_MS = 3_000;
/** The page keeps a message for longer. */
const PATIENCE_MS = 120_000;

/** People of one room who write to everybody until they are stopped. */
export class Chatter {
  readonly #people: readonly LastingPeer[];
  readonly #timer: NodeJS.Timeout;
  readonly #sending: Promise<boolean>[] = [];
  readonly #texts: string[] = [];
  #turn = 0;

  constructor(people: readonly LastingPeer[]) {
    this.#people = people;
    this.#timer = setInterval(() => this.#sayNext(), EACH_MS / people.length);
  }

  /** Each message that was accepted is there once at everybody. */
  async stop(): Promise<Finding[]> {
    clearInterval(this.#timer);
    const accepted = (await Promise.all(this.#sending)).filter(Boolean).length;
    const complete = (): boolean => this.#people.every((one) => this.#missing(one).length === 0);
    await secondsUntil(complete, 10_000);
    const missing = this.#people.flatMap((one) => this.#missing(one).map((text) => `${one.name}: ${text}`));
    const doubled = this.#people.reduce((sum, one) => sum + doubles(one), 0);
    return [
      mustBe(`messages that were accepted, of ${this.#texts.length}`, accepted, this.#texts.length),
      mustBe(`messages that are missing, over all people${examplesOf(missing)}`, missing.length, 0),
      mustBe('messages that are there twice, over all people', doubled, 0),
    ];
  }

  /** Resolves when everybody has written so often. */
  async rounds(count: number): Promise<void> {
    const until = this.#turn + count * this.#people.length;
    await waitFor(() => this.#turn >= until, { what: 'people to write' });
  }

  #sayNext(): void {
    const one = this.#people[this.#turn % this.#people.length];
    if (!one) return;
    const text = `${one.name} says ${this.#turn}`;
    this.#turn += 1;
    this.#texts.push(text);
    this.#sending.push(one.say(text, PATIENCE_MS));
  }

  #missing({ messages }: LastingPeer): string[] {
    const has = new Set(messages.values());
    return this.#texts.filter((text) => !has.has(text));
  }
}

function examplesOf(missing: readonly string[]): string {
  return missing.length === 0 ? '' : ` (${missing.slice(0, 12).join('; ')})`;
}

function doubles({ messages }: LastingPeer): number {
  return messages.size - new Set(messages.values()).size;
}

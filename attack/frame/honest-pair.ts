import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import { atLeast, atMost, mustBe, type Finding, type Scale } from './attack.ts';
import type { Answer, Experience, Wish } from './honest-people.ts';

const ACK_P95_MAX_MS = 50;
const GAP_MAX_MS = 300;

/** Two people in a room of their own, each with an address of their own, who talk and must notice nothing of an attack. One pair at a time. */
export class HonestPair {
  static #process: ChildProcess | undefined;

  /** The code of their room. */
  readonly code: string;
  readonly #people: ChildProcess;

  /** Starts their process, in a session of its own, so that it does not give way together with the attackers. */
  static prepare(): ChildProcess {
    HonestPair.#process ??= fork(new URL('honest-people.ts', import.meta.url), { detached: true });
    return HonestPair.#process;
  }

  /** Ends their process, if there is one. */
  static async dismiss(): Promise<void> {
    const people = HonestPair.#process;
    HonestPair.#process = undefined;
    if (people === undefined || people.exitCode !== null) return;
    const ended = once(people, 'exit');
    people.disconnect();
    await ended;
  }

  static async join({ ports }: Pick<Launcher, 'ports'>): Promise<HonestPair> {
    const people = HonestPair.prepare();
    const answer = await ask(people, { join: { ports } });
    if (!('code' in answer)) throw new Error('the honest people did not join');
    return new HonestPair(answer.code, people);
  }

  private constructor(code: string, people: ChildProcess) {
    this.code = code;
    this.#people = people;
  }

  /** Ends the pair. What it noticed; how long its requests took only in a full attack. */
  async findings(scale: Scale): Promise<Finding[]> {
    const answer = await ask(this.#people, 'end');
    if (!('experience' in answer)) throw new Error('the honest people said nothing');
    const { people, connected, ended, failures, acksMs, ...rest }: Experience = answer.experience;
    return [
      mustBe('honest people elsewhere that are connected', connected, people),
      mustBe('refused requests of honest people', failures.join(', ') || 'none', 'none'),
      mustBe('sessions of honest people that ended', ended, 0),
      atLeast('answers to honest people', acksMs.length, people),
      atLeast('packets of the voice of one that the other received', rest.packets, 1),
      ...(scale === 'full' ? inTime(answer.experience) : []),
    ];
  }
}

/** Rejects with what went wrong there, or if the process has ended. */
async function ask(people: ChildProcess, wish: Wish): Promise<Answer> {
  if (!people.connected) throw new Error('the process of the honest people has ended');
  const stop = new AbortController();
  try {
    const { signal } = stop;
    const ended = once(people, 'exit', { signal }).then(() => {
      throw new Error('the process of the honest people has ended');
    });
    const answered = once(people, 'message', { signal });
    people.send(wish);
    const [answer] = (await Promise.race([answered, ended])) as [Answer];
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  } finally {
    stop.abort();
  }
}

function inTime({ acksMs, lateMs, gapMs }: Experience): Finding[] {
  const what = `their answers, p95 (their own clock was late by ${lateMs.toFixed(0)} ms)`;
  return [
    atMost(what, p95(acksMs), ACK_P95_MAX_MS, 'ms'),
    atMost('the longest time in which they did not hear each other', gapMs, GAP_MAX_MS, 'ms'),
  ];
}

export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
}

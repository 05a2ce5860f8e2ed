import { waitFor } from '@parley/common/testing';
import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { SIGNALING } from '../frame/faulty-stack.ts';
import { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { secondsUntil, whileBroken } from '../frame/waiting.ts';
import { CROWD, dismiss, knowEachOther, nobodyEvicted, type Crowd, type CrowdFault } from './crowd.ts';

const REDIS = 'redis-server';
const KILLED_MS = 30_000;
const FROZEN_MS = 15_000;
const ASK_EVERY_MS = 1_000;
const KILL_EVERY_MS = 100;
const PEOPLE = 6;
const TRUE_WITHIN_MS = 30_000;
const RESTARTED_WITHIN_MS = 30_000;

/** Somebody asks one thing after the other. */
class Asking {
  readonly #timer: NodeJS.Timeout;
  readonly #answers: Promise<{ code: string; ms: number }>[] = [];

  constructor(peer: LastingPeer) {
    let raised = false;
    this.#timer = setInterval(() => {
      raised = !raised;
      const startedAt = performance.now();
      const answer = peer.ask('peer:set-hand', { raised });
      this.#answers.push(answer.then((code) => ({ code, ms: performance.now() - startedAt })));
    }, ASK_EVERY_MS);
  }

  async stop(): Promise<Finding[]> {
    clearInterval(this.#timer);
    const answers = await Promise.all(this.#answers);
    const codes = [...new Set(answers.map(({ code }) => code))].filter((code) => code !== 'ok');
    return [
      atMost(
        `slowest of ${answers.length} answers`,
        Math.max(0, ...answers.map(({ ms }) => ms)) / 1_000,
        2,
        's',
      ),
      mustBe('how requests are refused meanwhile', codes.join(', '), 'unavailable'),
    ];
  }
}

/** Breaks the store, and mends it. Somebody goes for good meanwhile, and everybody has to know afterwards. */
async function withoutStore(crowd: Crowd, broken: () => Promise<void>): Promise<Finding[]> {
  const { system, quartet } = crowd;
  const people = await crowd.fillRoom(PEOPLE);
  const [asker] = people as [LastingPeer];
  quartet.watch();
  const asking = new Asking(asker);
  try {
    await broken();
    const readyAgain = await secondsUntil(() => areReady(crowd), TRUE_WITHIN_MS);
    const answered = await asking.stop();
    const trueAfter = await secondsUntil(() => isTrue(crowd, people), TRUE_WITHIN_MS);
    return [
      quartet.noGap(),
      ...answered,
      atMost('signaling is ready again', readyAgain, 5, 's'),
      atMost('a newcomer and all others know each other', readyAgain + trueAfter, 5, 's'),
      mustBe(
        'people that the instances count',
        await system.metric('signaling-1', 'parley_signaling_peers'),
        total(people),
      ),
      ...nobodyEvicted([...people, ...quartet.peers]),
    ];
  } finally {
    await dismiss(people);
  }
}

const total = (people: readonly LastingPeer[]): number => people.length + 4;

async function areReady({ system }: Crowd): Promise<boolean> {
  const answers = await Promise.all(
    SIGNALING.map(async (name) => (await fetch(`http://127.0.0.1:${system.adminPort(name)}/readyz`)).status),
  );
  return answers.every((status) => status === 200);
}

/** A newcomer comes in, sees all and is seen by all. It stays among `people`. */
async function isTrue({ system }: Crowd, people: LastingPeer[]): Promise<boolean> {
  const [first] = people;
  if (first && people.length === PEOPLE) {
    const { code } = first.first.joined.snapshot.room;
    people.push(await LastingPeer.join(system.edge, code, 'Newcomer'));
  }
  return knowEachOther(people);
}

const F10: CrowdFault = {
  name: 'F10',
  description: 'Redis is killed again and again for 30 s, and is empty afterwards',
  ground: CROWD,
  run: (crowd) =>
    withoutStore(crowd, async () => {
      const isStarted = (): boolean =>
        crowd.system.stack.processes().some(({ command }) => command.includes(REDIS));
      const timer = setInterval(() => crowd.system.signalAll(REDIS, 'SIGKILL'), KILL_EVERY_MS);
      await whileBroken(KILLED_MS).finally(() => clearInterval(timer));
      await waitFor(isStarted, { what: 'Redis to be started again', timeoutMs: RESTARTED_WITHIN_MS });
    }),
};

const F11: CrowdFault = {
  name: 'F11',
  description: 'Redis is frozen for 15 s',
  ground: CROWD,
  run: (crowd) =>
    withoutStore(crowd, async () => {
      crowd.system.signalAll(REDIS, 'SIGSTOP');
      await whileBroken(FROZEN_MS).finally(() => crowd.system.signalAll(REDIS, 'SIGCONT'));
    }),
};

export const STORE_FAULTS: readonly CrowdFault[] = [F10, F11];

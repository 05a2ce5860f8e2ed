import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { MEDIA_NODES, SIGNALING, type SignalingName } from '../frame/faulty-stack.ts';
import type { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { secondsUntil } from '../frame/waiting.ts';
import { CROWD, dismiss, nobodyEvicted, type Crowd, type CrowdFault } from './crowd.ts';

const CLIENTS = 200;
const IN_A_ROOM = 10;
const BACK_WITHIN_MS = 60_000;
const MEGABYTE = 1_000_000;
const READ_EVERY_MS = 200;
const CYCLES = 100;
const BATCHES = 5;

/** The longest stall and the greatest size of both instances of signaling while something happens. */
class Strain {
  readonly #crowd: Crowd;
  readonly #timer: NodeJS.Timeout;
  #before = 0;
  #stallMs = 0;
  #bytes = 0;

  static async watch(crowd: Crowd): Promise<Strain> {
    const strain = new Strain(crowd);
    const sizes = await Promise.all(SIGNALING.map((name) => sizeOf(crowd, name)));
    strain.#before = Math.max(...sizes);
    return strain;
  }

  private constructor(crowd: Crowd) {
    this.#crowd = crowd;
    this.#timer = setInterval(() => void this.#read(), READ_EVERY_MS);
  }

  stop(): Finding[] {
    clearInterval(this.#timer);
    return [
      atMost('longest stall of signaling', Math.round(this.#stallMs), 500, 'ms'),
      atMost('growth of signaling', (this.#bytes - this.#before) / MEGABYTE, 200, 'MB'),
    ];
  }

  async #read(): Promise<void> {
    for (const name of SIGNALING) {
      const lag = await this.#crowd.system.metric(name, 'nodejs_eventloop_lag_max_seconds').catch(() => 0);
      this.#stallMs = Math.max(this.#stallMs, Number.isFinite(lag) ? lag * 1_000 : 0);
      this.#bytes = Math.max(this.#bytes, await sizeOf(this.#crowd, name).catch(() => 0));
    }
  }
}

function sizeOf({ system }: Crowd, name: SignalingName): Promise<number> {
  return system.metric(name, 'process_resident_memory_bytes');
}

/** Breaks something that many sockets go through, and measures their return. */
async function storm(
  crowd: Crowd,
  people: readonly LastingPeer[],
  [what, break_]: readonly [string, () => Promise<void>],
): Promise<Finding[]> {
  const before = people.map(({ returnsMs }) => returnsMs.length);
  const strain = await Strain.watch(crowd);
  await break_();
  // All of them, or the half that was there, have noticed by now.
  const seconds = await secondsUntil(() => people.every(({ present }) => present), BACK_WITHIN_MS);
  const returns = people.flatMap(({ returnsMs }, index) => returnsMs.slice(before[index]));
  const slowest = Math.max(0, ...returns) / 1_000;
  return [
    atMost(`${what}: ${returns.length} returns, the slowest`, slowest, 5, 's'),
    atMost(`${what}: everybody is there after it is ready again`, seconds, 5, 's'),
    ...strain.stop().map((finding) => ({ ...finding, what: `${what}: ${finding.what}` })),
  ];
}

const F18: CrowdFault = {
  name: 'F18',
  description: 'two hundred clients lose their sockets at once, by nginx and by each instance of signaling',
  ground: CROWD,
  run: async (crowd) => {
    const { system, quartet } = crowd;
    const people: LastingPeer[] = [];
    while (people.length < CLIENTS) people.push(...(await crowd.fillRoom(IN_A_ROOM)));
    try {
      quartet.watch();
      const nginx = async (): Promise<void> => {
        const before = system.stack.restarts('nginx');
        system.signalAll('nginx: master', 'SIGKILL');
        system.signalAll('nginx: worker', 'SIGKILL');
        await system.stack.awaitRestart('nginx', before);
      };
      const findings = await storm(crowd, people, ['nginx', nginx]);
      for (const name of SIGNALING)
        findings.push(...(await storm(crowd, people, [name, () => system.killAndAwait(name)])));
      return [...findings, ...nobodyEvicted([...people, ...quartet.peers]), quartet.noGap()];
    } finally {
      await dismiss(people);
    }
  },
};

const HELD = [
  ['parley_media_rooms', MEDIA_NODES],
  ['parley_media_peers', MEDIA_NODES],
  ['parley_media_transports', MEDIA_NODES],
  ['parley_signaling_sockets', SIGNALING],
  ['parley_signaling_local_rooms', SIGNALING],
] as const;

async function held({ system }: Crowd): Promise<string> {
  const counts = await Promise.all(HELD.map(([metric, names]) => system.sum(names, metric)));
  return counts.join(', ');
}

async function allSizes({ system }: Crowd): Promise<number> {
  return system.sum([...MEDIA_NODES, ...SIGNALING], 'process_resident_memory_bytes');
}

/** Two people in a new room. One leaves, and the socket of the other one is lost for good. */
async function comeAndGo(crowd: Crowd): Promise<void> {
  const [polite, abrupt] = await crowd.fillRoom(2);
  abrupt?.close();
  await polite?.leave();
}

const F20: CrowdFault = {
  name: 'F20',
  description: 'two people come and go five hundred times, one of them without a word',
  ground: CROWD,
  run: async (crowd) => {
    const before = await held(crowd);
    const sizes = [await allSizes(crowd)];
    while (sizes.length <= BATCHES) {
      for (let cycle = 0; cycle < CYCLES; cycle += 1) await comeAndGo(crowd);
      sizes.push(await allSizes(crowd));
    }
    const backS = await secondsUntil(async () => (await held(crowd)) === before, 60_000);
    const growth = sizes.slice(1).map((size, index) => (size - (sizes[index] ?? size)) / MEGABYTE);
    return [
      mustBe(HELD.map(([metric]) => metric).join(', '), await held(crowd), before),
      atMost('that is so after', backS, 25, 's'),
      // The first batch makes what is kept for ever, and some meet a collection of garbage that has not happened yet.
      atMost(
        'usual growth of all services together with 100 cycles',
        growth.slice(1).toSorted((a, b) => a - b)[1] ?? 0,
        20,
        'MB',
      ),
    ];
  },
};

export const STORM_FAULTS: readonly CrowdFault[] = [F18, F20];

import { atMost, mustBe } from '../../attack/frame/attack.ts';
import { CALL, homeOf, type CallFault, type FaultyCall } from '../frame/faulty-call.ts';
import { MEDIA_NODES, SIGNALING } from '../frame/faulty-stack.ts';
import { secondsUntil, whileBroken } from '../frame/waiting.ts';

const ROUNDS = 3;
const POSTGRES_AWAY_MS = 60_000;
const CONSUL = 'agent -config-file=';
const CONSUL_AWAY_MS = 60_000;
const POLLING_OVER_MS = 15_000;
/** Ten pictures a second, and four browsers on one machine. */
const NO_GAP_MS = 500;
const BACK_WITHIN_MS = 60_000;

/** Seconds until everybody has a socket again. */
function secondsUntilConnected({ system, people, others }: FaultyCall): Promise<number> {
  const all = people.count + others.peers.length;
  return secondsUntil(
    async () => (await system.sum(SIGNALING, 'parley_signaling_sockets')) >= all,
    BACK_WITHIN_MS,
  );
}

/** How many pages have polled in the last seconds. */
async function pollers({ people }: FaultyCall): Promise<number> {
  const polls = await Promise.all(
    people.pages.map(({ page }) =>
      page.evaluate((recentMs) => {
        const since = performance.now() - recentMs;
        return performance
          .getEntriesByType('resource')
          .filter(({ name, startTime }) => name.includes('transport=polling') && startTime > since).length;
      }, POLLING_OVER_MS / 3),
    ),
  );
  return polls.filter((count) => count > 0).length;
}

const F7: CallFault = {
  name: 'F7',
  description: 'one instance of signaling is killed, then the other after its return, three times',
  ground: CALL,
  run: async (call) => {
    const { system, people, others } = call;
    await people.watch();
    others.watch();
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of SIGNALING) {
        const before = system.stack.restarts(name);
        process.kill(system.pid(name), 'SIGKILL');
        slowest = Math.max(slowest, await secondsUntilConnected(call));
        await system.stack.awaitRestart(name, before);
      }
    }
    await whileBroken(POLLING_OVER_MS);
    return [
      atMost('everybody has a socket again', slowest, 2, 's'),
      await people.longestGap(NO_GAP_MS, 'ms'),
      others.noGap(),
      mustBe('people on long polling 15 s later', await pollers(call), 0),
      await people.nobodyLeft(),
    ];
  },
};

const F12: CallFault = {
  name: 'F12',
  description: 'PostgreSQL does not answer for 60 s, while people write',
  ground: CALL,
  run: async ({ system, people, others }) => {
    const { ada, bela } = people;
    const words = ['first', 'second', 'third'].map((word) => `${word} ${Date.now()}`);
    await bela.openChat();
    await ada.openChat();
    await people.watch();
    others.watch();
    system.signalAll('postgres', 'SIGSTOP');
    try {
      for (const text of words) await ada.say(text);
      await whileBroken(POSTGRES_AWAY_MS);
    } finally {
      system.signalAll('postgres', 'SIGCONT');
    }
    const arrived = async (): Promise<boolean> => {
      const counts = await Promise.all(words.map((text) => bela.message(text).count()));
      return counts.every((count) => count > 0);
    };
    const seconds = await secondsUntil(arrived, BACK_WITHIN_MS);
    const counts = await Promise.all(words.map((text) => bela.message(text).count()));
    for (const page of [ada, bela]) await page.closePanel();
    return [
      atMost('what was written arrives by itself', seconds, 5, 's'),
      mustBe('times that each message is there', counts.join(', '), words.map(() => 1).join(', ')),
      await people.longestGap(NO_GAP_MS, 'ms'),
      others.noGap(),
      await people.nobodyLeft(),
    ];
  },
};

const F13: CallFault = {
  name: 'F13',
  description: 'Consul does not answer for a minute',
  ground: CALL,
  run: async ({ system, people, others }) => {
    await people.watch();
    others.watch();
    system.stack.signalService(CONSUL, 'SIGSTOP');
    try {
      await whileBroken(CONSUL_AWAY_MS);
    } finally {
      system.stack.signalService(CONSUL, 'SIGCONT');
    }
    const isKnown = async (): Promise<boolean> => {
      const reachable = SIGNALING.map((name) => system.metric(name, 'parley_consul_reachable'));
      const registered = MEDIA_NODES.map((name) => system.isRegistered(name));
      return (
        (await Promise.all(reachable)).every((one) => one === 1) &&
        (await Promise.all(registered)).every(Boolean)
      );
    };
    return [
      atMost('all are known to Consul again', await secondsUntil(isKnown, BACK_WITHIN_MS), 10, 's'),
      await people.longestGap(NO_GAP_MS, 'ms'),
      others.noGap(),
      await people.nobodyLeft(),
    ];
  },
};

const F26: CallFault = {
  name: 'F26',
  description: 'the media node of the call and both instances of signaling are killed at once',
  ground: CALL,
  run: async (call) => {
    const { system, people } = call;
    const killed = [await homeOf(call), ...SIGNALING] as const;
    const before = killed.map((name) => system.stack.restarts(name));
    await people.watch();
    for (const pid of killed.map((name) => system.pid(name))) process.kill(pid, 'SIGKILL');
    await people.broken();
    await people.backAfter(BACK_WITHIN_MS);
    for (const [index, name] of killed.entries()) await system.stack.awaitRestart(name, before[index] ?? 0);
    return [await people.longestGap(10, 's'), await people.nobodyLeft()];
  },
};

const F27: CallFault = {
  name: 'F27',
  description: 'the whole stack gets a new version by `npm run stack -- --replace`',
  ground: CALL,
  run: async (call) => {
    const { system, people, others } = call;
    const names = [...MEDIA_NODES, ...SIGNALING];
    const before = names.map((name) => system.pid(name));
    await people.watch();
    others.watch();
    await system.stack.replace();
    await people.backAfter(BACK_WITHIN_MS);
    return [
      mustBe(
        'processes that are the same',
        names.filter((name, index) => system.pid(name) === before[index]).length,
        0,
      ),
      await people.longestGap(NO_GAP_MS, 'ms'),
      await people.nobodyLeft(),
    ];
  },
};

export const SERVICE_FAULTS: readonly CallFault[] = [F7, F12, F13, F26, F27];

// Runs as a process of its own: people in rooms of Parley, who send and receive over real ICE, DTLS and SRTP. Takes the orders of `Commands` from its
// parent and answers each.
import process from 'node:process';
import { waitFor } from '@parley/common/testing';
import { releaseEndpoints } from '../../../tests/harness/peer/rtp-endpoint.ts';
import type { Commands, CommandName, Order, Outcome, Playing } from './commands.ts';
import { Person } from './person.ts';
import { Player } from './player.ts';

/** What people do at the same time. More of them only wait for each other. */
const PARALLEL = 10;
const CONNECTED_WITHIN_MS = 60_000;

const people = new Map<number, Person>();
let player = new Player([], []);

async function inTurns<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

function newPlayer(): void {
  player.rest();
  const all = [...people.values()];
  player = new Player(
    all.flatMap(({ microphones }) => microphones),
    all.flatMap(({ cameras }) => cameras),
  );
}

type Handlers = {
  [N in CommandName]: (question: Commands[N]['question']) => Promise<Commands[N]['answer']>;
};

const HANDLERS: Handlers = {
  enter: async (newcomers) => {
    const [failures, came]: [string[], Person[]] = [[], []];
    await inTurns(newcomers, async (newcomer) => {
      try {
        const person = await Person.enter(newcomer);
        people.set(newcomer.number, person);
        came.push(person);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    });
    const connected = () => came.filter((person) => person.connected).length;
    await waitFor(() => connected() === came.length, {
      timeoutMs: CONNECTED_WITHIN_MS,
      what: 'the media of all people to be connected',
      describe: connected,
    });
    newPlayer();
    const sendings = came.flatMap((person) => person.sendings);
    return { joinMs: came.map(({ joinMs }) => joinMs), sendings, failures };
  },
  consume: async (all) => {
    let made = 0;
    const refused: string[] = [];
    await inTurns(all, async ({ person, wishes }) => {
      const done = await people.get(person)?.consume(wishes);
      made += done?.made ?? 0;
      refused.push(...(done?.refused ?? []));
    });
    return { made, refused };
  },
  prefer: async ({ layer }) => {
    await inTurns([...people.values()], (person) => person.prefer(layer));
    return null;
  },
  play: async (playing: Playing) => {
    player.play(playing);
    return null;
  },
  rest: async () => {
    player.rest();
    return null;
  },
  begin: async () => {
    for (const person of people.values()) person.begin();
    return null;
  },
  count: async () => {
    const all = [...people.values()];
    const senders = all.flatMap(({ microphones, cameras }) => [...microphones, ...cameras]);
    return {
      sent: senders.map(({ producerId, sent }) => ({ producerId, layers: [...sent] })),
      received: all.flatMap(({ receipts }) => receipts),
      losses: all.flatMap(({ losses }) => losses),
    };
  },
  leave: async () => {
    player.rest();
    await inTurns([...people.values()], (person) => person.leave());
    people.clear();
    newPlayer();
    return null;
  },
};

async function obey({ id, name, question }: Order): Promise<Outcome> {
  try {
    const handle = HANDLERS[name] as (question: unknown) => Promise<unknown>;
    return { id, answer: await handle(question) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (order: Order) => {
  void obey(order).then((outcome) => process.send?.(outcome));
});
// The parent has ended, in whatever way.
process.once('disconnect', () => {
  player.rest();
  for (const person of people.values()) person.close();
  releaseEndpoints();
  process.exit(0);
});

import { atLeast, atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { isAlive, processTree } from '../../tests/harness/machine/processes.ts';
import type { Talker } from '../../tests/harness/peer/talker.ts';
import { differences, settledCensus } from '../../tests/harness/records/room-census.ts';
import { nobodyEvicted } from '../crowd/crowd.ts';
import { MEDIA_NODES, SIGNALING } from '../frame/faulty-stack.ts';
import { secondsUntil } from '../frame/waiting.ts';
import { PEOPLE, peopleOfNode, SPREAD, type SpreadFault, type SpreadRoom } from './spread-room.ts';

const THIRD = PEOPLE / 3;
const BACK_WITHIN_MS = 30_000;
const GAP_MS = 500;

/** What is killed, and by when its people have to be back. */
type Death = { readonly what: string; readonly third: readonly Talker[]; readonly backS: number };

/** Kills something that carries a third of the room, and looks at everybody. */
async function survive(spread: SpreadRoom, death: Death, kill: () => void): Promise<Finding[]> {
  const { system, room } = spread;
  const { what, third, backS } = death;
  const others = room.talkers.filter((talker) => !third.includes(talker));
  const epochs = third.map(({ peer }) => peer.epoch);
  const joins = await system.sum(SIGNALING, 'parley_signaling_joins_total');
  room.watch();
  kill();
  // Before they have new media, nobody has noticed yet that the former is gone.
  await secondsUntil(() => third.every(({ peer }, index) => peer.epoch !== epochs[index]), BACK_WITHIN_MS);
  await secondsUntil(() => room.whole, BACK_WITHIN_MS);
  return [
    atLeast(`people of ${PEOPLE} on ${what}`, third.length, THIRD),
    atMost('longest pause of a voice among the others', Math.round(room.longestGapMs(others)), GAP_MS, 'ms'),
    atMost('until all receive and are received again', room.longestAbsenceMs(third) / 1_000, backS, 's'),
    mustBe(
      'people who had to join anew',
      (await system.sum(SIGNALING, 'parley_signaling_joins_total')) - joins,
      0,
    ),
    ...nobodyEvicted(room.talkers.map(({ peer }) => peer)),
  ];
}

/** Pipes, links and streams of the media nodes: those of the room as it is now, and nothing else. */
async function nothingLeft({ system }: SpreadRoom): Promise<Finding> {
  const ports = MEDIA_NODES.map((name) => system.adminPort(name));
  const census = await settledCensus(ports, PEOPLE);
  const { routers, pipes, links } = census;
  const what = `what is missing, left over or there twice on ${routers.join(' + ')} routers, of ${pipes} pipes, ${links} ends of links and all streams`;
  return mustBe(what, differences(census, PEOPLE) ?? 'nothing', 'nothing');
}

async function killWorker(spread: SpreadRoom): Promise<Finding[]> {
  const people = peopleOfNode(spread, 'media-1');
  const byPort = [...Map.groupBy(people, ({ mediaPort }) => mediaPort).values()];
  const [third = []] = byPort.toSorted((one, other) => other.length - one.length);
  const worker = spread.system.workerOfPort(third[0]?.mediaPort ?? 0);
  const death = { what: 'the worker that is killed', third, backS: 5 };
  const findings = await survive(spread, death, () => process.kill(worker.pid, 'SIGKILL'));
  return [...findings, await nothingLeft(spread)];
}

async function killNode(spread: SpreadRoom): Promise<Finding[]> {
  const { system } = spread;
  const node = 'media-2';
  const tree = processTree(system.pid(node));
  const before = system.stack.restarts(node);
  const death = { what: 'the node that is killed', third: peopleOfNode(spread, node), backS: 10 };
  const findings = await survive(spread, death, () => process.kill(system.pid(node), 'SIGKILL'));
  await system.stack.awaitRestart(node, before);
  return [
    ...findings,
    mustBe('processes of the dead node that are left', tree.filter(isAlive).length, 0),
    await nothingLeft(spread),
  ];
}

export const F28: SpreadFault = {
  name: 'F28',
  description: 'a third of a room: a worker, then a media node, that carries a third of one room is killed',
  ground: SPREAD,
  run: async (spread) => {
    const findings = await killWorker(spread);
    await spread.gatherAnew();
    return [...findings, ...(await killNode(spread))];
  },
};

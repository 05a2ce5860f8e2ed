import { waitFor } from '@parley/common/testing';
import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { isListening } from '../../tests/harness/machine/free-ports.ts';
import { isAlive, processTree, type ProcessInfo } from '../../tests/harness/machine/processes.ts';
import { busiest } from '../frame/busiest.ts';
import { CALL, homeOf, peopleOnNodes, type CallFault, type FaultyCall } from '../frame/faulty-call.ts';
import { MEDIA_NODES, SIGNALING, type MediaNodeName } from '../frame/faulty-stack.ts';
import { secondsUntil, whileBroken } from '../frame/waiting.ts';

const BACK_WITHIN_MS = 30_000;
const CUT_MS = 30_000;
/** Ten pictures a second, and four browsers on one machine: a picture that stands for less is no gap. */
const NO_GAP_MS = 500;

/** The worker that forwards the pictures of the call. */
async function workerOfCall(call: FaultyCall): Promise<{ node: MediaNodeName; worker: ProcessInfo }> {
  const node = await homeOf(call);
  return { node, worker: await busiest(call.system.workers(node)) };
}

/** New peers would have new ids: nobody may have joined anew. */
function joinsSoFar({ system }: FaultyCall): Promise<number> {
  return system.sum(SIGNALING, 'parley_signaling_joins_total');
}

/** Nobody has another id, and nobody was shown leaving. */
async function samePeople(call: FaultyCall, joinsBefore: number): Promise<Finding[]> {
  return [
    mustBe('people who had to join anew', (await joinsSoFar(call)) - joinsBefore, 0),
    await call.people.nobodyLeft(),
  ];
}

const F1: CallFault = {
  name: 'F1',
  description: 'the worker that forwards the call is killed',
  ground: CALL,
  run: async (call) => {
    const { system, people, others } = call;
    const { node, worker } = await workerOfCall(call);
    const workers = system.workers(node).length;
    const joins = await joinsSoFar(call);
    await people.watch();
    others.watch();
    process.kill(worker.pid, 'SIGKILL');
    await waitFor(() => !isAlive(worker));
    const newWorkerS = await secondsUntil(() => system.workers(node).length === workers, 10_000);
    await people.broken();
    await people.backAfter(BACK_WITHIN_MS);
    return [
      atMost('a new worker runs', newWorkerS, 1, 's'),
      await people.longestGap(5, 's'),
      others.gap(500),
      ...(await samePeople(call, joins)),
    ];
  },
};

const F2: CallFault = {
  name: 'F2',
  description: 'the worker that forwards the call is frozen',
  ground: CALL,
  run: async (call) => {
    const { people, others } = call;
    const { worker } = await workerOfCall(call);
    const joins = await joinsSoFar(call);
    await people.watch();
    others.watch();
    process.kill(worker.pid, 'SIGSTOP');
    const killedS = await secondsUntil(() => !isAlive(worker), BACK_WITHIN_MS);
    await people.backAfter(BACK_WITHIN_MS);
    return [
      atMost('the frozen worker is killed', killedS, 4, 's'),
      await people.longestGap(8, 's'),
      others.gap(500),
      ...(await samePeople(call, joins)),
    ];
  },
};

const F4: CallFault = {
  name: 'F4',
  description: 'the media node of the call is killed',
  ground: CALL,
  run: async (call) => {
    const { system, people } = call;
    const home = await homeOf(call);
    const tree = processTree(system.pid(home));
    const port = Number(system.stack.variable(home, 'MEDIA_RTC_PORT_BASE'));
    const address = system.stack.variable(home, 'MEDIA_RTC_LISTEN_IP').split(',')[0];
    const joins = await joinsSoFar(call);
    await people.watch();
    const before = system.stack.restarts(home);
    process.kill(system.pid(home), 'SIGKILL');
    const orphansS = await secondsUntil(() => !tree.some(isAlive), 10_000);
    const portS = orphansS + (await secondsUntil(async () => !(await isListening(port, address)), 5_000));
    await people.broken();
    await people.backAfter(BACK_WITHIN_MS);
    await system.stack.awaitRestart(home, before);
    return [
      await people.longestGap(5, 's'),
      mustBe('processes of the dead node that are left', tree.filter(isAlive).length, 0),
      atMost('its media ports are free', portS, 2, 's'),
      mustBe('people on media nodes', await settled(call), people.count),
      ...(await samePeople(call, joins)),
    ];
  },
};

const F5: CallFault = {
  name: 'F5',
  description: 'the media node of the call does not answer signaling for 30 s, while its media flows',
  ground: CALL,
  run: async (call) => {
    const { system, people } = call;
    const home = await homeOf(call);
    const pid = system.pid(home);
    const joins = await joinsSoFar(call);
    await people.watch();
    process.kill(pid, 'SIGSTOP');
    await whileBroken(CUT_MS).finally(() => process.kill(pid, 'SIGCONT'));
    await people.backAfter(BACK_WITHIN_MS);
    return [
      await people.longestGap(NO_GAP_MS, 'ms'),
      mustBe('the node of the call', await homeOf(call), home),
      mustBe('people on media nodes after 5 s', await settled(call), people.count),
      ...(await samePeople(call, joins)),
    ];
  },
};

const F6: CallFault = {
  name: 'F6',
  description: 'the media node of the call is asked to stop',
  ground: CALL,
  run: async (call) => {
    const { system, people } = call;
    const home = await homeOf(call);
    const other = MEDIA_NODES.find((name) => name !== home) ?? home;
    const joins = await joinsSoFar(call);
    const before = system.stack.restarts(home);
    const printed = system.stack.output.length;
    await people.watch();
    process.kill(system.pid(home), 'SIGTERM');
    const deregisteredS = await secondsUntil(async () => !(await system.isRegistered(home)), 20_000);
    await system.stack.awaitRestart(home, before);
    await people.backAfter(BACK_WITHIN_MS);
    const [, reason] =
      new RegExp(`${home} +stopped \\(([^)]*)\\)`).exec(system.stack.output.slice(printed)) ?? [];
    return [
      await people.longestGap(500, 'ms'),
      mustBe('how it ended', reason, 'exit code 0'),
      atMost('it has deregistered', deregisteredS, 2, 's'),
      mustBe('the node of the call', await homeOf(call), other),
      mustBe('people on media nodes', await settled(call), people.count),
      ...(await samePeople(call, joins)),
    ];
  },
};

/** What is left for a moment after a move does not count. */
async function settled(call: FaultyCall): Promise<number> {
  await secondsUntil(async () => (await peopleOnNodes(call)) === call.people.count, 5_000);
  return peopleOnNodes(call);
}

export const MEDIA_FAULTS: readonly CallFault[] = [F1, F2, F4, F5, F6];

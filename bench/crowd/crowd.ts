import { setTimeout as delay } from 'node:timers/promises';
import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { percentile, round } from '../summary.ts';
import type { Traffic } from './counting-relay.ts';
import { CrowdSystem, JOIN_REQUEST } from './crowd-system.ts';

const SIZES = [10, 100, 1_000];
const MEASURED = 10;
const PARALLEL = 10;
const REST_MS = 2_000;
/** Longer than what a client is notified of may wait. */
const SETTLE_MS = 1_000;

type Client = Awaited<ReturnType<CrowdSystem['connect']>>;
type Notified = { count: number; bytes: number };
type Row = {
  people: number;
  joinP50Ms: number;
  joinP95Ms: number;
  commands: number;
  storeBytes: number;
  doorBytes: number;
  replyBytes: number;
  notifications: number;
  notifiedBytes: number;
  signalingMib: number;
  mediaMib: number;
};

/** Measures what one join into a room of 10, 100 and 1,000 people costs: the control plane alone, with real transports and no packets. */
export async function measureCrowd(): Promise<Report> {
  const system = await CrowdSystem.start();
  const clients: Client[] = [];
  try {
    const code = await system.createRoom();
    const notified: Notified = { count: 0, bytes: 0 };
    const witness = await system.connect(code, 'host');
    clients.push(witness);
    await join(witness);
    witness.onAny((_name: string, payload: unknown) => {
      notified.count += 1;
      notified.bytes += JSON.stringify(payload).length;
    });
    const rows: Row[] = [];
    for (const people of SIZES) {
      await fill(system, code, clients, people - MEASURED);
      rows.push(await measure(system, { code, clients, notified, people }));
    }
    return describe(rows);
  } finally {
    for (const client of clients) client.close();
    await system.stop();
  }
}

async function fill(system: CrowdSystem, code: string, clients: Client[], people: number): Promise<void> {
  while (clients.length < people) {
    const count = Math.min(PARALLEL, people - clients.length);
    const next = await Promise.all(Array.from({ length: count }, () => system.connect(code, 'viewer')));
    clients.push(...next);
    await Promise.all(next.map(join));
  }
}

async function measure(
  system: CrowdSystem,
  {
    code,
    clients,
    notified,
    people,
  }: { code: string; clients: Client[]; notified: Notified; people: number },
): Promise<Row> {
  await delay(SETTLE_MS);
  const idle = await trafficOf(system, () => delay(REST_MS));
  const door = await trafficOf(system, () => repeat(() => system.askAtDoor(code)));
  const joining = await Promise.all(Array.from({ length: MEASURED }, () => system.connect(code, 'viewer')));
  const before = { ...notified };
  const took: number[] = [];
  let replyBytes = 0;
  const joins = await trafficOf(system, async () => {
    for (const client of joining) {
      const startedAt = performance.now();
      replyBytes += JSON.stringify(await join(client)).length;
      took.push(performance.now() - startedAt);
    }
  });
  clients.push(...joining);
  await delay(SETTLE_MS);
  const idleOf = (ms: number): number => (bytesOf(idle) * ms) / idle.ms;
  const { signaling, media } = system.memory();
  return {
    people,
    joinP50Ms: round(percentile(took, 0.5), 1),
    joinP95Ms: round(percentile(took, 0.95), 1),
    commands: round(joins.commands / MEASURED, 1),
    storeBytes: Math.max(0, round((bytesOf(joins) - idleOf(joins.ms)) / MEASURED)),
    doorBytes: Math.max(0, round((bytesOf(door) - idleOf(door.ms)) / MEASURED)),
    replyBytes: round(replyBytes / MEASURED),
    notifications: round((notified.count - before.count) / MEASURED, 1),
    notifiedBytes: round((notified.bytes - before.bytes) / MEASURED),
    signalingMib: signaling,
    mediaMib: media,
  };
}

async function trafficOf(
  system: CrowdSystem,
  task: () => Promise<unknown>,
): Promise<Traffic & { ms: number }> {
  const before = system.relay.read();
  const startedAt = performance.now();
  await task();
  const ms = performance.now() - startedAt;
  const after = system.relay.read();
  return {
    commands: after.commands - before.commands,
    sent: after.sent - before.sent,
    received: after.received - before.received,
    ms,
  };
}

function bytesOf({ sent, received }: Traffic): number {
  return sent + received;
}

async function repeat(task: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < MEASURED; turn += 1) await task();
}

async function join(client: Client): Promise<unknown> {
  const reply = (await client.timeout(60_000).emitWithAck('room:join', JOIN_REQUEST)) as {
    ok: boolean;
    error?: { code: string };
  };
  if (!reply.ok) throw new Error(`a join failed: ${reply.error?.code ?? ''}`);
  return reply;
}

function describe(rows: readonly Row[]): Report {
  const line = (what: string, read: (row: Row) => number) => [what, ...rows.map(read)];
  return {
    name: 'crowd',
    machine: describeMachine(),
    figures: { rows },
    tables: [
      {
        title: 'One more person in a room',
        columns: ['people in the room', ...SIZES.map((size) => size.toLocaleString('en'))],
        rows: [
          line('join, median, ms', (row) => row.joinP50Ms),
          line('join, 95th percentile, ms', (row) => row.joinP95Ms),
          line('commands to Redis', (row) => row.commands),
          line('bytes to and from Redis, the event included', (row) => row.storeBytes),
          line('the same for the question at the door', (row) => row.doorBytes),
          line('bytes of the reply', (row) => row.replyBytes),
          line('notifications to one other person', (row) => row.notifications),
          line('bytes of these', (row) => row.notifiedBytes),
          line('memory of signaling, MiB', (row) => row.signalingMib),
          line('memory of the media node, MiB', (row) => row.mediaMib),
        ],
        notes: [
          `The means of ${MEASURED} joins one after the other, the last of which makes the room as large as the column says. One instance of signaling, one media node with two workers; sockets and transports are real, packets are not sent. Clients, Redis and PostgreSQL run on the same machine. What the idle instance exchanges with Redis in the same time is taken off.`,
        ],
      },
    ],
  };
}

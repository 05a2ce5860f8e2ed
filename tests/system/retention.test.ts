import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort, freePorts, startPostgres, waitFor, type TestPostgres } from '@parley/common/testing';
import { ROUTES, UPLOAD_PASS_HEADER } from '@parley/proto/rest';
import pg from 'pg';
import '../harness/jest-timeout.ts';
import { RawPeer, type Doors } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { readLines, readLogFiles } from '../harness/records/service-log.ts';
import { ServiceProcess, SHARED_SECRETS } from '../harness/servers/service-process.ts';

/** The gateway deletes bytes every minute. */
const SWEEP_MS = 150_000;
const LOOKED = /retention_looks_total\{[^}]*outcome="ok"[^}]*\} 1$/m;

let folder: string;
let postgres: TestPostgres;
let database: pg.Client;
let signaling: ServiceProcess;
const others: ServiceProcess[] = [];
let doors: Doors;
let metricsUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-retention-'));
  postgres = await startPostgres();
  const [mediaGrpc, mediaAdmin, rtc] = [await freePort(), await freePort(), await freePorts(1)];
  const [socket, grpc, admin] = [await freePort(), await freePort(), await freePort()];
  const [rest, restAdmin] = [await freePort(), await freePort()];
  metricsUrl = `http://127.0.0.1:${admin}/metrics`;
  doors = { rest: `http://127.0.0.1:${rest}`, socket: `http://127.0.0.1:${socket}` };
  others.push(
    await ServiceProcess.start('media', {
      ...SHARED_SECRETS,
      MEDIA_GRPC_PORT: String(mediaGrpc),
      MEDIA_ADMIN_PORT: String(mediaAdmin),
      MEDIA_RTC_PORT_BASE: String(rtc),
      MEDIA_WORKERS: '1',
    }),
  );
  signaling = await ServiceProcess.start('signaling', {
    ...SHARED_SECRETS,
    SIGNALING_PORT: String(socket),
    SIGNALING_GRPC_PORT: String(grpc),
    SIGNALING_ADMIN_PORT: String(admin),
    DATABASE_URL: postgres.databaseUrl,
    MEDIA_ADDRESSES: `127.0.0.1:${mediaGrpc}`,
    LOG_LEVEL: 'info',
    LOG_DIR: join(folder, 'logs'),
  });
  others.push(
    await ServiceProcess.start('gateway', {
      ...SHARED_SECRETS,
      GATEWAY_PORT: String(rest),
      GATEWAY_ADMIN_PORT: String(restAdmin),
      SIGNALING_ADDRESSES: `127.0.0.1:${grpc}`,
      FILES_DIR: join(folder, 'files'),
    }),
  );
  database = new pg.Client({ connectionString: postgres.databaseUrl });
  await database.connect();
}, 180_000);

afterAll(async () => {
  await Promise.all([signaling, ...others].map((service) => service?.kill()));
  await database?.end();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A call of two: a message with a file, an act of a host, and an end. */
async function holdCall(): Promise<void> {
  const { code } = await callRoute(doors.rest, 'createRoom', { body: {} });
  const [ada, bela] = [await RawPeer.connect(doors, code, 'Ada'), await RawPeer.connect(doors, code, 'Bela')];
  for (const peer of [ada, bela]) await peer.join();
  await database.query(`UPDATE rooms.rooms SET owner_identity = 'browser:of-the-owner'`);
  const { fileId, uploadPass } = await ada.request('chat:offer-file', { name: 'a.txt', size: 5 });
  const { status } = await fetch(doors.rest + ROUTES.uploadFile.path, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', [UPLOAD_PASS_HEADER]: uploadPass },
    body: 'bytes',
  });
  expect(status).toBe(201);
  await ada.request('chat:send', { clientMessageId: randomUUID(), toPeerId: null, text: 'hello', fileId });
  await database.query(
    `INSERT INTO rooms.acts (act_id, room_code, kind, done_at) VALUES (gen_random_uuid(), $1, 'locked', now())`,
    [code],
  );
  await ada.leave();
  await bela.leave();
  await waitFor(async () => (await count('call_sessions WHERE left_at IS NULL')) === 0);
}

async function count(from: string): Promise<number> {
  const { rows } = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM rooms.${from}`);
  return rows[0]?.n ?? -1;
}

async function counts(): Promise<Record<string, number>> {
  const tables = ['rooms', 'chat_messages', 'chat_files', 'call_sessions', 'acts'];
  const counted: Record<string, number> = {};
  for (const name of tables) counted[name] = await count(name);
  return counted;
}

async function filesOnDisk(): Promise<number> {
  const entries = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

/** Moves everything that is stored into the past, as if the clock had gone on. */
async function moveClock(days: number): Promise<void> {
  const { rows } = await database.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'rooms' AND data_type = 'timestamp with time zone' AND table_name <> 'applied_migrations'`,
  );
  for (const { table_name: table, column_name: column } of rows)
    await database.query(`UPDATE rooms.${table} SET ${column} = ${column} - make_interval(days => $1)`, [
      days,
    ]);
}

const reports = () =>
  readLines(readLogFiles(join(folder, 'logs', 'signaling'))).filter(({ msg }) => msg === 'old data deleted');

/** Signaling looks at its start. Resolves when it has. */
async function look(): Promise<void> {
  await signaling.kill();
  // Until PostgreSQL notices the end of a process, the process has its lock, and the next one does not look.
  await waitFor(async () => (await locks()) === 0, { what: 'the lock to be free' });
  await signaling.restart();
  await waitFor(async () => LOOKED.test(await (await fetch(metricsUrl)).text()), { what: 'the look' });
}

async function locks(): Promise<number> {
  const { rowCount } = await database.query(`SELECT FROM pg_locks WHERE locktype = 'advisory'`);
  return rowCount ?? 0;
}

test('after 89 days everything is there, after 91 nothing, the bytes of files included, and a report counts it', async () => {
  await holdCall();
  await moveClock(89);
  await look();
  expect(await counts()).toEqual({ rooms: 1, chat_messages: 1, chat_files: 1, call_sessions: 2, acts: 1 });
  expect(await filesOnDisk()).toBe(1);
  expect(reports()).toEqual([]);
  await moveClock(2);
  await look();
  await waitFor(() => reports().length === 1, { what: 'the report', timeoutMs: 30_000 });
  expect(reports()[0]).toMatchObject({ messages: 1, attendance: 2, acts: 1, rooms: 1, files: 1 });
  await waitFor(async () => (await filesOnDisk()) === 0, { what: 'no bytes are left', timeoutMs: SWEEP_MS });
  await waitFor(async () => (await count('chat_files')) === 0, { what: 'no record of them is left' });
  expect(await counts()).toEqual({ rooms: 0, chat_messages: 0, chat_files: 0, call_sessions: 0, acts: 0 });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort, freePorts, startPostgres, startRedis } from '@parley/common/testing';
import type { TestPostgres, TestRedis } from '@parley/common/testing';
import { ERRORS } from '@parley/proto/errors';
import type { MessageId } from '@parley/proto/ids';
import {
  PROTOCOL_VERSION,
  replySchema,
  REQUESTS,
  type RequestName,
  type RequestResult,
} from '@parley/proto/requests';
import pg from 'pg';
import { openSocket, RawPeer, type Doors } from '../harness/peer/raw-peer.ts';
import { callRoute } from '../harness/peer/rest-client.ts';
import { ServiceProcess, SHARED_SECRETS } from '../harness/servers/service-process.ts';

const SENDERS = 50;
const EACH = 20;
const ALL = SENDERS * EACH;
const RETRY_MS = 100;
const ANSWER_MS = 3_000;

let postgres: TestPostgres;
let redis: TestRedis;
let media: ServiceProcess;
let signaling: ServiceProcess;
let gateway: ServiceProcess;
let doors: Doors;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(undefined, { durable: true }), startRedis()]);
  const [mediaGrpc, mediaAdmin, rtc] = [await freePort(), await freePort(), await freePorts(1)];
  const [socket, grpc, admin] = [await freePort(), await freePort(), await freePort()];
  const [rest, restAdmin] = [await freePort(), await freePort()];
  doors = { rest: `http://127.0.0.1:${rest}`, socket: `http://127.0.0.1:${socket}` };
  media = await ServiceProcess.start('media', {
    ...SHARED_SECRETS,
    MEDIA_GRPC_PORT: String(mediaGrpc),
    MEDIA_ADMIN_PORT: String(mediaAdmin),
    MEDIA_RTC_PORT_BASE: String(rtc),
    MEDIA_WORKERS: '1',
    // The senders have no media.
    MEDIA_CONNECT_TIMEOUT_MS: '600000',
    MEDIA_UNUSED_ROOM_TIMEOUT_MS: '600000',
  });
  signaling = await ServiceProcess.start('signaling', {
    ...SHARED_SECRETS,
    SIGNALING_PORT: String(socket),
    SIGNALING_GRPC_PORT: String(grpc),
    SIGNALING_ADMIN_PORT: String(admin),
    DATABASE_URL: postgres.databaseUrl,
    REDIS_URL: redis.url,
    MEDIA_ADDRESSES: `127.0.0.1:${mediaGrpc}`,
    // All senders have one address, and write faster than people.
    ROOM_PEERS_PER_ADDRESS: '1000',
    JOINS_PER_ADDRESS: '10000',
    ROOM_EVENTS_PER_SECOND: '10000',
    // The machine of a test may be slow.
    RESUME_GRACE_MS: '120000',
  });
  gateway = await ServiceProcess.start('gateway', {
    ...SHARED_SECRETS,
    GATEWAY_PORT: String(rest),
    GATEWAY_ADMIN_PORT: String(restAdmin),
    SIGNALING_ADDRESSES: `127.0.0.1:${grpc}`,
    RATE_LIMIT_FACTOR: '0',
  });
}, 180_000);

afterAll(async () => {
  await Promise.all([gateway, signaling, media].map((service) => service?.kill()));
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

type Socket = RawPeer['socket'];
type Page = RequestResult<'chat:list'>;

/** Rejects if no answer comes in time. */
async function ask(socket: Socket, name: RequestName, payload: object) {
  const answer: unknown = await socket.timeout(ANSWER_MS).emitWithAck(name, payload);
  return replySchema(REQUESTS[name].response).parse(answer);
}

/** A person who sends one message after the other, and each again under its id until it is acknowledged. */
class Sender {
  readonly name: string;
  readonly acknowledged: string[] = [];
  #socket: Socket;
  #secret: string;

  static async join(code: string, name: string): Promise<Sender> {
    const peer = await RawPeer.connect(doors, code, name);
    const { snapshot } = await peer.join();
    return new Sender(name, peer.socket, snapshot.resumeSecret);
  }

  private constructor(name: string, socket: Socket, secret: string) {
    this.name = name;
    this.#socket = socket;
    this.#secret = secret;
  }

  async send(text: string): Promise<void> {
    const message = { clientMessageId: randomUUID(), toPeerId: null, text };
    while (!(await this.#attempt(message))) await pause(RETRY_MS);
    this.acknowledged.push(text);
  }

  async list(before?: MessageId): Promise<Page> {
    const page = { limit: 100, ...(before && { before }) };
    for (;;) {
      const reply = await ask(this.#socket, 'chat:list', page);
      if (reply.ok) return reply.data as Page;
      await pause(RETRY_MS);
    }
  }

  close(): void {
    this.#socket.close();
  }

  async #attempt(message: object): Promise<boolean> {
    try {
      if (!this.#socket.connected) await this.#resume();
      const reply = await ask(this.#socket, 'chat:send', message);
      if (reply.ok) return true;
      const { code } = reply.error;
      if (!ERRORS[code].retryable && code !== 'closed') throw new TypeError(`refused for good: ${code}`);
    } catch (error) {
      if (error instanceof TypeError) throw error;
      // No answer: nobody knows whether it was stored.
      this.#socket.close();
    }
    return false;
  }

  async #resume(): Promise<void> {
    const socket = await openSocket(doors.socket, { resumeSecret: this.#secret });
    const reply = await ask(socket, 'room:resume', { protocol: PROTOCOL_VERSION });
    if (!reply.ok) {
      socket.close();
      throw new Error(reply.error.code);
    }
    this.#secret = (reply.data as RequestResult<'room:resume'>).snapshot.resumeSecret;
    this.#socket = socket;
  }
}

test('of a thousand messages during which PostgreSQL, signaling and the gateway are killed, each acknowledged one is stored once and in order', async () => {
  const { code } = await callRoute(doors.rest, 'createRoom', { body: {} });
  const senders: Sender[] = [];
  for (let number = 0; number < SENDERS; number += 1)
    senders.push(await Sender.join(code, `Sender ${number}`));

  const acknowledged = (): number => senders.reduce((sum, one) => sum + one.acknowledged.length, 0);
  const reached = async (share: number): Promise<void> => {
    while (acknowledged() < ALL * share) await pause(10);
  };
  const sending = Promise.all(
    senders.map(async (sender) => {
      for (let number = 0; number < EACH; number += 1) await sender.send(`${sender.name} says ${number}`);
    }),
  );
  const killing = (async () => {
    const counts: number[] = [];
    for (const [share, victim] of [
      [0.2, postgres],
      [0.45, signaling],
      [0.7, gateway],
    ] as const) {
      await reached(share);
      await victim.kill();
      counts.push(acknowledged());
      await victim.restart();
    }
    return counts;
  })();
  await sending;
  const counts = await killing;
  // Each was killed in the middle.
  for (const count of counts) expect(count).toBeLessThan(ALL);

  // Somebody who comes through the gateway afterwards reads all of it, page by page.
  const reader = await Sender.join(code, 'Reader');
  const read: string[] = [];
  for (let page = await reader.list(); ; page = await reader.list(page.messages[0]?.messageId)) {
    read.unshift(...page.messages.map(({ text }) => text));
    if (!page.more) break;
  }
  const client = new pg.Client({ connectionString: postgres.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ body: string }>('SELECT body FROM rooms.chat_messages ORDER BY seq');
  await client.end();
  const stored = rows.map(({ body }) => body);
  expect(stored.length).toBe(ALL);
  expect(new Set(stored).size).toBe(ALL);
  expect(read).toEqual(stored);
  for (const { name, acknowledged: own } of senders) {
    expect(own.length).toBe(EACH);
    expect(stored.filter((text) => text.startsWith(`${name} says `))).toEqual(own);
  }
  for (const sender of [...senders, reader]) sender.close();
}, 240_000);

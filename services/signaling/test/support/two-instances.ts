import { expect } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import type { RequestInput } from '@parley/proto/requests';
import type { TestRedis } from '@parley/common/testing';
import type { TestClient } from './test-client.ts';
import type { TestBackend, TestSignaling } from './test-signaling.ts';

export const GRACE_MS = 3_000;

type Env = Record<string, string>;

/** Two instances of signaling that share a Redis, with Ada on the first and Bob on the second, in one room. */
export class TwoInstances {
  readonly databaseUrl: string;
  readonly one: TestSignaling;
  readonly two: TestSignaling;
  readonly code: RoomCode;
  readonly ada: TestClient;
  readonly bob: TestClient;

  static async start(
    backend: TestBackend,
    redis: TestRedis,
    env: { one?: Env; two?: Env } = {},
  ): Promise<TwoInstances> {
    const databaseUrl = await backend.postgres.createDatabase(`several${databases++}`);
    const common = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      RESUME_GRACE_MS: String(GRACE_MS),
      INSTANCE_LOST_MS: '1000',
    };
    const one = await backend.signaling({ ...common, ...env.one });
    const two = await backend.signaling({ ...common, ...env.two });
    const code = await one.createRoom();
    const [ada, bob] = [await one.join(code, 'Ada'), await two.join(code, 'Bob')];
    return new TwoInstances({ databaseUrl, one, two, code, ada, bob });
  }

  private constructor(parts: Pick<TwoInstances, 'databaseUrl' | 'one' | 'two' | 'code' | 'ada' | 'bob'>) {
    this.databaseUrl = parts.databaseUrl;
    this.one = parts.one;
    this.two = parts.two;
    this.code = parts.code;
    this.ada = parts.ada;
    this.bob = parts.bob;
  }

  async stop(): Promise<void> {
    const malformed = [...this.one.malformed, ...this.two.malformed];
    await Promise.all([this.one.stop(), this.two.stop()]);
    expect(malformed).toEqual([]);
  }
}

let databases = 0;

/** Resolves when `who` is notified about `whom`. */
export function sees(who: TestClient, whom: TestClient) {
  return {
    updated: (fits: (peer: TestClient['snapshot']['self']) => boolean) =>
      who.notified('peer:updated', ({ peer }) => peer.peerId === whom.peerId && fits(peer)),
    joined: () => who.notified('peer:joined', ({ peer }) => peer.peerId === whom.peerId),
    left: () => who.notified('peer:left', ({ peerId }) => peerId === whom.peerId),
  };
}

export function say(who: TestClient, text: string, toPeerId: TestClient['peerId'] | null = null) {
  const message: RequestInput<'chat:send'> = { clientMessageId: crypto.randomUUID(), toPeerId, text };
  return who.request('chat:send', message);
}

export function chatOf(who: TestClient): string[] {
  return who.notifications('chat:received').map(({ message }) => message.text);
}

/** Neither their sessions nor their media ended, whatever happened elsewhere. */
export function untouched(...clients: TestClient[]): void {
  for (const client of clients) {
    expect(client.socket.connected).toBe(true);
    expect(client.notifications('session:ended')).toEqual([]);
    expect(client.notifications('media:reset')).toEqual([]);
  }
}

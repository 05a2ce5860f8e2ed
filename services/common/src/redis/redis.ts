import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import { ParleyError } from '@parley/proto/errors';
import { Redis } from 'ioredis';
import { backoffMs, type BackoffLimits } from '../async/backoff.ts';
import type { Logger } from '../logging/logger.ts';
import { tlsOptionsOf, trustProblem, type ServerTrust } from '../trust/server-trust.ts';
import { isNoAnswer, mapRedisError } from './redis-errors.ts';

const CONNECT_TIMEOUT_MS = 3_000;
/** A command without an answer by then is rejected. Redis may have run it. */
const COMMAND_TIMEOUT_MS = 1_500;
const PING_INTERVAL_MS = 1_000;
/** Between two questions whether a server answers again. */
const STALL_PING_MS = 200;
/** A connection that owes an answer for so long is closed: a frozen server or a dead path sends no error. */
const SILENCE_MAX_MS = 4_000;
const RETRY: BackoffLimits = { firstMs: 100, maxMs: 1_000 };

export type RedisOptions = {
  /** `redis://` or `rediss://`, with user, password and database. With the latter Redis proves itself before it gets the password. */
  url: string;
  trust?: ServerTrust;
  /** Shown in Redis' list of clients. */
  name: string;
  logger: Logger;
  commandTimeoutMs?: number;
  silenceMaxMs?: number;
};

/** A Lua script, which Redis runs without interruption. Its keys come first, then its arguments. */
export type RedisScript = { readonly name: string; readonly lua: string; readonly keys: number };
export type RedisArgument = string | number;

type Events = {
  /** Connected, for the first time or again. */
  ready: [];
  /** The connection was lost. It reconnects by itself. */
  lost: [];
  message: [channel: string, text: string];
};

/**
 * One connection to Redis that reconnects by itself. While it is away every command is rejected with `unavailable` at
 * once, and also from the first command without an answer in time until Redis answers again: what one person asks is done
 * in order, and each request would wait anew. No command is queued or sent twice, so a command whose answer was lost may
 * have been run.
 */
export class RedisConnection extends EventEmitter<Events> {
  readonly #redis: Redis;
  readonly #logger: Logger;
  readonly #scripts = new Set<string>();
  readonly #ping: NodeJS.Timeout;
  #ready = false;
  #stalled = false;
  #untrusted: string | undefined;
  #closed = false;

  constructor(options: RedisOptions) {
    super();
    this.#logger = options.logger;
    this.#redis = new Redis(options.url, {
      connectionName: `parley-${options.name}`,
      ...tlsOf(options),
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: options.commandTimeoutMs ?? COMMAND_TIMEOUT_MS,
      socketTimeout: options.silenceMaxMs ?? SILENCE_MAX_MS,
      retryStrategy: (attempt) => Math.round(backoffMs(attempt, RETRY)),
    });
    this.#handleRedis();
    // An idle connection owes no answer, so without pings its loss is not noticed.
    this.#ping = setInterval(() => void this.ping().catch(ignore), PING_INTERVAL_MS).unref();
    this.#redis.connect().catch(ignore);
  }

  /** Whether commands are sent now. */
  get ready(): boolean {
    return this.#ready;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ready = false;
    clearInterval(this.#ping);
    this.removeAllListeners();
    this.#redis.disconnect();
  }

  /** Resolves with true once connected, with false after `timeoutMs`. */
  async whenReady(timeoutMs: number): Promise<boolean> {
    if (this.#ready || this.#closed) return this.#ready;
    await once(this, 'ready', { signal: AbortSignal.timeout(timeoutMs) }).catch(ignore);
    return this.#ready;
  }

  /** Also while commands are rejected because Redis does not answer. */
  async ping(): Promise<void> {
    if (!this.#ready) throw new ParleyError('unavailable');
    await this.#answered(() => this.#redis.ping());
  }

  /** Rejects with `unavailable` when Redis is the problem, with the server's own error when the command is. */
  command(name: string, ...args: RedisArgument[]): Promise<unknown> {
    return this.#mapped(() => this.#redis.call(name, args));
  }

  /** Runs a script; rejects as `command` does. The script's text is sent once per connection. */
  script(script: RedisScript, keys: readonly string[], args: readonly RedisArgument[]): Promise<unknown> {
    return this.#mapped(() => {
      if (!this.#scripts.has(script.name)) {
        this.#redis.defineCommand(script.name, { lua: script.lua, numberOfKeys: script.keys });
        this.#scripts.add(script.name);
      }
      const run = (this.#redis as unknown as Record<string, (...given: RedisArgument[]) => Promise<unknown>>)[
        script.name
      ] as (...given: RedisArgument[]) => Promise<unknown>;
      return run.call(this.#redis, ...keys, ...args);
    });
  }

  /** Resolves when Redis has begun to send the channels' messages. A new connection begins without subscriptions. */
  async subscribe(...channels: string[]): Promise<void> {
    if (channels.length > 0) await this.#mapped(() => this.#redis.subscribe(...channels));
  }

  async unsubscribe(...channels: string[]): Promise<void> {
    if (channels.length > 0) await this.#mapped(() => this.#redis.unsubscribe(...channels));
  }

  async #mapped<T>(run: () => Promise<T>): Promise<T> {
    if (!this.#ready || this.#stalled) throw new ParleyError('unavailable');
    return this.#answered(run);
  }

  async #answered<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (isNoAnswer(error)) void this.#stall();
      throw mapRedisError(error);
    }
  }

  /** Rejects commands until Redis answers, or the connection is lost, which is what ends a long stall. */
  async #stall(): Promise<void> {
    if (this.#stalled || !this.#ready) return;
    this.#stalled = true;
    this.#logger.warn('redis does not answer');
    while (this.#ready) {
      try {
        await this.#redis.ping();
        break;
      } catch {
        await pause(STALL_PING_MS);
      }
    }
    this.#stalled = false;
  }

  /** An operator has to see it, once for each reason: it does not heal by itself. */
  #reportTrust(problem: string | undefined): void {
    if (problem === undefined || problem === this.#untrusted) return;
    this.#untrusted = problem;
    this.#logger.warn({ untrusted: problem }, 'redis has not proven itself and gets nothing');
  }

  #handleRedis(): void {
    this.#redis.on('ready', () => {
      if (this.#closed) return;
      this.#ready = true;
      this.#untrusted = undefined;
      this.#logger.info('redis connected');
      this.emit('ready');
    });
    this.#redis.on('close', () => {
      if (!this.#ready) return;
      this.#ready = false;
      this.#logger.warn('redis connection lost');
      this.emit('lost');
    });
    // While Redis is away each attempt fails in the same way, and the loss was logged already.
    this.#redis.on('error', (error: unknown) => {
      this.#logger.debug({ err: mapRedisError(error) }, 'redis not reached');
      this.#reportTrust(trustProblem(error));
    });
    this.#redis.on('message', (channel: string, text: string) => this.emit('message', channel, text));
  }
}

/** The name of the host is checked as well where there is no trust of its own. */
function tlsOf({ url, trust = {} }: RedisOptions): { tls?: ConnectionOptions } {
  const { protocol, hostname } = new URL(url);
  return protocol === 'rediss:' ? { tls: tlsOptionsOf(trust, hostname) } : {};
}

/** Begins to connect and returns at once, see `whenReady`. */
export function createRedis(options: RedisOptions): RedisConnection {
  return new RedisConnection(options);
}

function ignore(): void {}

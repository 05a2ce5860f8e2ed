import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import os from 'node:os';
import path from 'node:path';
import { tlsOptionsOf, type ServerTrust } from '../trust/server-trust.ts';
import { freePort } from './free-port.ts';
import type { ServerProof } from './server-proof.ts';
import { waitFor } from './wait-for.ts';

export type TestRedis = {
  readonly url: string;
  /** Ends the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port: with its data when it was `durable`, empty otherwise. */
  restart(): Promise<void>;
  /** Freezes the server: it keeps its connections and answers nothing until `thaw()`. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
};

type TestRedisOptions = {
  durable?: boolean;
  password?: string;
  /** With a proof the server takes TLS connections alone. */
  proof?: ServerProof;
};

/** The real server on a free port of this machine. Without persistence unless `durable`: then each write is on disk. */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const { durable = false, password, proof } = options;
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-redis-'));
  const port = await freePort();
  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const given = [
    ...listener(port, proof),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    ...persistence,
    ...(password === undefined ? [] : ['--requirepass', password]),
  ];
  const isReady = () => answersPing(port, proof?.trust);
  let child = await serve(given, isReady);
  return {
    url: `${proof ? 'rediss' : 'redis'}://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    kill: () => end(child),
    restart: async () => {
      child = await serve(given, isReady);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await end(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function serve(given: string[], isReady: () => Promise<boolean>): Promise<ChildProcess> {
  const child = spawn('redis-server', given, { stdio: 'ignore' });
  const started = Promise.withResolvers<never>();
  child.once('error', (error) => started.reject(new Error('redis-server does not run', { cause: error })));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', (code) => {
    process.off('exit', killWithUs);
    started.reject(new Error(`redis-server ended with code ${code} before it answered`));
  });
  const answers = waitFor(isReady, { what: 'Redis answers', timeoutMs: 90_000 });
  await Promise.race([answers, started.promise]);
  return child;
}

function listener(port: number, proof: ServerProof | undefined): string[] {
  if (proof === undefined) return ['--port', String(port)];
  const files = ['--tls-cert-file', proof.certificatePath, '--tls-key-file', proof.keyPath];
  return ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', ...files];
}

/** An answer that it wants the password counts too. */
function answersPing(port: number, trust: ServerTrust | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const host = '127.0.0.1';
    const ask = (): void => void socket.write('PING\r\n');
    const socket = trust
      ? connectSecurely({ ...tlsOptionsOf(trust, host), host, port }, ask)
      : connect(port, host, ask);
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (data: Buffer) => {
      resolve(/^(?:\+PONG|-NOAUTH)/.test(data.toString()));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

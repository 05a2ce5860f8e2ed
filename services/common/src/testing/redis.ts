import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

export type TestRedis = {
  readonly url: string;
  /** Ends the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port: with its data when it was `durable`, empty otherwise. */
  restart(): Promise<void>;
  /** It keeps its connections and answers nothing until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
};

/** The real server on a free port of this machine. Without persistence unless `durable`: then each write is on disk. */
export async function startRedis(options: { durable?: boolean } = {}): Promise<TestRedis> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-redis-'));
  const port = await freePort();
  const persistence = options.durable === true ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const given = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    ...persistence,
  ];
  let child = await serve(given, port);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end(child),
    restart: async () => {
      child = await serve(given, port);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await end(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function serve(given: string[], port: number): Promise<ChildProcess> {
  const child = spawn('redis-server', given, { stdio: 'ignore' });
  const started = Promise.withResolvers<never>();
  child.once('error', (error) => started.reject(new Error('redis-server does not run', { cause: error })));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  const answers = waitFor(() => answersPing(port), { what: 'Redis answers', timeoutMs: 90_000 });
  await Promise.race([answers, started.promise]);
  return child;
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
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

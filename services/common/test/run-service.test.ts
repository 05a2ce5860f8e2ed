import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../src/testing/index.ts';

const PROGRAM = path.join(import.meta.dirname, 'programs/service.ts');

type Run = {
  child: ChildProcess;
  messages: () => string[];
  text: () => string;
  exitCode: () => Promise<number | null>;
};

describe('a service process', () => {
  const children: ChildProcess[] = [];

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  function run(mode: string): Run {
    const child = fork(PROGRAM, {
      env: { ...process.env, NODE_OPTIONS: '', TEST_MODE: mode },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    children.push(child);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    // Not `close`: a parent that let go of the IPC channel itself does not get it.
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const ended = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'end'));
    const messages = (): string[] =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { msg: string; step?: string })
        .map((line) => (line.step === undefined ? line.msg : `${line.msg}: ${line.step}`));
    return {
      child,
      messages,
      text: () => output,
      exitCode: async () => (await Promise.all([exited, ...ended]))[0][0],
    };
  }

  async function started(mode: string): Promise<Run> {
    const service = run(mode);
    await waitFor(() => service.messages().includes('service started'));
    return service;
  }

  const STOPPED = ['service stopping', 'step undone: second', 'step undone: first', 'service stopped'];

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s undoes its steps in reverse and ends with 0',
    async (signal) => {
      const service = await started('works');
      service.child.kill(signal);
      expect(await service.exitCode()).toBe(0);
      expect(service.messages()).toEqual(['service started', ...STOPPED]);
    },
  );

  test('stops when the process that started it is gone', async () => {
    const service = await started('works');
    service.child.disconnect();
    expect(await service.exitCode()).toBe(0);
    expect(service.messages()).toEqual(['service started', ...STOPPED]);
  });

  test('that gets a signal while it starts undoes the steps that it had finished', async () => {
    const service = run('slow start');
    await waitFor(() => service.messages().includes('start is slow'));
    service.child.kill('SIGTERM');
    expect(await service.exitCode()).toBe(0);
    const undone = service.messages().filter((message) => message.startsWith('step undone'));
    expect(undone).toEqual(['step undone: third', 'step undone: second', 'step undone: first']);
    expect(service.messages()).not.toContain('service started');
  });

  test('goes on stopping when one step fails', async () => {
    const service = await started('failing stop');
    service.child.kill('SIGTERM');
    expect(await service.exitCode()).toBe(0);
    expect(service.messages()).toEqual([
      'service started',
      'service stopping',
      'stop step failed: second',
      'step undone: first',
      'service stopped',
    ]);
  });

  test('that does not stop in time is ended with 1', async () => {
    const service = await started('hanging stop');
    service.child.kill('SIGTERM');
    expect(await service.exitCode()).toBe(1);
    expect(service.messages()).toContain('service did not stop in time');
  });

  test('is killed at once by a second signal, but not by an echo of the first', async () => {
    const service = await started('hanging stop');
    service.child.kill('SIGINT');
    service.child.kill('SIGINT');
    await waitFor(() => service.messages().includes('service stopping'));
    // A person's second Ctrl-C, as often as it takes.
    const impatient = setInterval(() => service.child.kill('SIGINT'), 100);
    expect(await service.exitCode()).toBe(130);
    clearInterval(impatient);
    expect(service.messages()).toContain('second signal, stopping at once');
  });

  test('that cannot start undoes the steps that it had finished and ends with 1', async () => {
    const service = run('failing start');
    expect(await service.exitCode()).toBe(1);
    expect(service.messages()).toEqual(['service could not start', ...STOPPED]);
    expect(service.text()).toContain('cannot start');
  });

  test('with a wrong configuration lists every problem in one readable message and ends with 1', async () => {
    const service = run('misconfigured');
    expect(await service.exitCode()).toBe(1);
    expect(service.text()).toContain(
      'test: The configuration is not valid:\n  - A: is not set\n  - B: is not set\n',
    );
  });

  test.each(['throws later', 'rejects later'])('that %s logs why and ends with 1', async (mode) => {
    const service = run(mode);
    expect(await service.exitCode()).toBe(1);
    expect(service.messages()).toContain('service crashed');
    expect(service.text()).toMatch(/thrown later|rejected later/);
  });
});

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort } from '@parley/common/testing';
import { Steps } from '../lib/steps.mjs';
import { Supervisor } from '../launcher/supervisor/supervisor.ts';
import { answersOk } from '../launcher/services/readiness.ts';
import type { ServiceSpec } from '../launcher/supervisor/service-spec.ts';

const STAND_IN = join(import.meta.dirname, 'stand-in.mjs');

let folder: string;
let lines: string[];
let supervisor: Supervisor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-supervisor-'));
  lines = [];
});

afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const eventsFile = (): string => join(folder, 'events');
const events = (): string[] =>
  (existsSync(eventsFile()) ? readFileSync(eventsFile(), 'utf8') : '').trim().split('\n');

async function standIn(name: string, after: string[] = [], behaviour = 'good'): Promise<ServiceSpec> {
  const port = await freePort();
  return {
    name,
    after,
    command: [process.execPath, STAND_IN],
    cwd: folder,
    env: {
      STAND_IN_NAME: name,
      STAND_IN_PORT: String(port),
      STAND_IN_EVENTS: eventsFile(),
      STAND_IN_BEHAVIOUR: behaviour,
    },
    address: `127.0.0.1:${port}`,
    isReady: () => answersOk(`http://127.0.0.1:${port}/`),
    stopSignal: 'SIGTERM',
  };
}

function launch(...table: ServiceSpec[]): Supervisor {
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  });
  supervisor = new Supervisor(table, join(folder, 'logs'), new Steps(out));
  return supervisor;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

function isAlive(pid: number): boolean {
  try {
    // A zombie has ended and waits for its parent.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('starting', () => {
  test('each service starts when those it needs are ready, and is reported with its time and address', async () => {
    const [first, second] = [await standIn('first'), await standIn('second', ['first'])];
    await launch(first, second).start();

    expect(events()).toEqual(['first started', 'first listens', 'second started', 'second listens']);
    expect(lines[0]).toMatch(new RegExp(`first +ready in \\d+\\.\\d s +${first.address}`));
    expect(lines[1]).toMatch(/second +ready in/);
    expect([...supervisor.pids.keys()]).toEqual(['first', 'second']);
  });

  test('a service that never becomes ready is tried three times, then its last lines are the reason', async () => {
    const table = [await standIn('broken', [], 'fails'), await standIn('later', ['broken'])];
    await expect(launch(...table).start()).rejects.toThrow(
      /broken does not start \(exit code 1\)[^]*cannot open the thing[^]*broken\.log/,
    );
    expect(events()).toEqual(['broken started', 'broken started', 'broken started']);
  });

  test('a configuration error is reported at once, in words', async () => {
    const table = [await standIn('wrong', [], 'misconfigured')];
    await expect(launch(...table).start()).rejects.toThrow(/fatal: invalid configuration THING="missing"/);
    expect(events()).toEqual(['wrong started']);
  });

  test('a program that does not exist is a reason, not a crash', async () => {
    const spec: ServiceSpec = { ...(await standIn('missing')), command: ['/nonexistent/program'] };
    await expect(launch(spec).start()).rejects.toThrow(/missing does not start/);
  });

  test('a table whose order is wrong is refused', async () => {
    const table = [await standIn('one', ['two']), await standIn('two')];
    await expect(launch(...table).start()).rejects.toThrow(/waits for "two"/);
  });
});

describe('restarting', () => {
  test('a service that dies is started again with growing delays, and both are reported', async () => {
    await launch(await standIn('fragile')).start();
    for (const [round, announced] of ['0.2 s', '0.4 s'].entries()) {
      const pid = supervisor.pids.get('fragile')!;
      process.kill(pid, 'SIGKILL');
      await until(() => lines.filter((line) => line.includes('ready again')).length > round);
      expect(lines.filter((line) => line.includes('stopped (signal SIGKILL)')).at(-1)).toContain(announced);
      expect(supervisor.pids.get('fragile')).not.toBe(pid);
    }
  });
});

describe('replacing', () => {
  test('services of ours are replaced one after the other, each by a process of the new spec, and the others stay', async () => {
    const [first, other, last] = [await standIn('first'), await standIn('other'), await standIn('last')];
    await launch({ ...first, isOurs: true }, other, { ...last, isOurs: true }).start();
    const before = supervisor.pids;
    await supervisor.replaceOurs(
      (spec) => ({ ...spec, env: { ...spec.env, STAND_IN_NAME: `new ${spec.name}` } }),
      5_000,
    );

    expect(events().slice(6)).toEqual([
      'first asked to stop',
      'new first started',
      'new first listens',
      'last asked to stop',
      'new last started',
      'new last listens',
    ]);
    const after = supervisor.pids;
    expect(after.get('other')).toBe(before.get('other'));
    for (const name of ['first', 'last']) expect(after.get(name)).not.toBe(before.get(name));
    expect(lines.filter((line) => line.includes('stopped'))).toEqual([]);
  });

  test('one that does not come back ends the replacement in words, and those after it go on as they are', async () => {
    const [first, last] = [await standIn('first'), await standIn('last')];
    await launch({ ...first, isOurs: true }, { ...last, isOurs: true }).start();
    const pid = supervisor.pids.get('last');
    const broken = (spec: ServiceSpec): ServiceSpec => ({
      ...spec,
      env: { ...spec.env, STAND_IN_BEHAVIOUR: 'misconfigured' },
    });
    await expect(supervisor.replaceOurs(broken, 5_000)).rejects.toThrow(/first is not ready again/);
    expect(supervisor.pids.get('last')).toBe(pid);
  });
});

describe('stopping', () => {
  test('a service that dies takes what it had started with it', async () => {
    await launch(await standIn('parent', [], 'stubborn')).start();
    const [child] = events().flatMap((line) => /child (\d+)/.exec(line)?.[1] ?? []);
    process.kill(supervisor.pids.get('parent')!, 'SIGKILL');
    await until(() => !isAlive(Number(child)));
  });

  test('services stop in reverse order and leave no process', async () => {
    await launch(await standIn('first'), await standIn('second', ['first'])).start();
    const pids = [...supervisor.pids.values()];
    await supervisor.stop();

    expect(events().slice(-2)).toEqual(['second asked to stop', 'first asked to stop']);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  test('services that ignore every request are gone within five seconds, with their children', async () => {
    const table = [];
    for (const name of ['a', 'b', 'c']) table.push(await standIn(name, [], 'stubborn'));
    await launch(...table).start();
    const children = events().flatMap((line) => /child (\d+)/.exec(line)?.[1] ?? []);
    const pids = [...supervisor.pids.values(), ...children.map(Number)];
    const startedAt = performance.now();
    await supervisor.stop();

    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(pids).toHaveLength(6);
    await until(() => !pids.some(isAlive));
  });

  test('a stop while starting ends the start, and a stop during the pause before a restart ends the restarts', async () => {
    const starting = launch(await standIn('broken', [], 'fails')).start();
    const ended = expect(starting).rejects.toThrow(/stopped before it was ready/);
    await until(() => lines.some((line) => line.includes('starting it again')));
    const before = events();
    await supervisor.stop();
    await ended;
    expect(supervisor.pids.size).toBe(0);
    expect(events()).toEqual(before);
  });

  test('after a stop it refuses to start', async () => {
    launch(await standIn('one'));
    await supervisor.stop();
    await supervisor.stop();
    await expect(supervisor.start()).rejects.toThrow('supervisor stopped');
  });

  test('services end by themselves when the launcher is killed', async () => {
    const spec = await standIn('orphan');
    launch();
    const program = `
      import { Supervisor } from ${JSON.stringify(join(import.meta.dirname, '../launcher/supervisor/supervisor.ts'))};
      import { Steps } from ${JSON.stringify(join(import.meta.dirname, '../lib/steps.mjs'))};
      const spec = ${JSON.stringify(spec)};
      const supervisor = new Supervisor([{ ...spec, isReady: async () => true }], ${JSON.stringify(folder)}, new Steps());
      await supervisor.start();`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    await until(() => events().includes('orphan listens'));
    owner.kill('SIGKILL');
    await until(() => events().includes('orphan asked to stop'));
  });
});

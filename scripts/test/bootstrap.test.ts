import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BootstrapError, explain } from '../lib/bootstrap-error.mjs';
import { attempt, run } from '../lib/command.mjs';
import { ensureConsul } from '../bootstrap/consul.mjs';
import { describeHolder, ProcessLock } from '../lib/lock.mjs';
import { ROOT } from '../lib/paths.mjs';
import { ensureSecrets } from '../bootstrap/secrets.mjs';
import { Steps } from '../lib/steps.mjs';
import { ensureWorker } from '../bootstrap/worker.mjs';
import { listSources } from '../bootstrap/worker-sources.mjs';

const BOOTSTRAP = join(import.meta.dirname, '../bootstrap');
const LIB = join(import.meta.dirname, '../lib');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-bootstrap-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function recorder(isTTY: boolean): { steps: Steps; text: () => string } {
  let written = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return { steps: new Steps(Object.assign(out, { isTTY })), text: () => written };
}

describe('secrets', () => {
  test('are made once: long, all different, and readable by their owner only', () => {
    const made = ensureSecrets(join(folder, 'data'));
    const { joinTokenSecret, databasePassword, turnSecret } = made;
    const all = [joinTokenSecret, databasePassword, turnSecret];
    expect(new Set(all).size).toBe(3);
    for (const secret of all) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(statSync(join(folder, 'data', 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(ensureSecrets(join(folder, 'data'))).toEqual(made);
  });

  test('are the same for two that start at the same moment', async () => {
    const program = `import { ensureSecrets } from '${BOOTSTRAP}/secrets.mjs'; console.log(JSON.stringify(ensureSecrets('${folder}/data')))`;
    const runs = Array.from({ length: 4 }, () =>
      run(process.execPath, ['--input-type=module', '-e', program]),
    );
    expect(new Set(await Promise.all(runs)).size).toBe(1);
  });

  test('are made private again when somebody opened them', () => {
    ensureSecrets(folder);
    const file = join(folder, 'secrets.json');
    rmSync(file);
    writeFileSync(file, JSON.stringify({ joinTokenSecret: 'b', databasePassword: 'c', instanceId: 'd' }), {
      mode: 0o644,
    });
    ensureSecrets(folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('new secrets are added to those of an older installation, once', () => {
    const old = { joinTokenSecret: 'b', databasePassword: 'c', instanceId: 'd' };
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(old));
    const completed = ensureSecrets(folder);
    expect(completed).toMatchObject(old);
    expect(completed.logsPassword.length).toBeGreaterThanOrEqual(20);
    expect(completed.logsSessionSecret).not.toBe(completed.logsPassword);
    expect(ensureSecrets(folder)).toEqual(completed);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  test('that are damaged are refused, not replaced', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"joinTokenSecret":"only');
    expect(() => ensureSecrets(folder)).toThrow(/secrets\.json is damaged/);
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe('{"joinTokenSecret":"only');
  });
});

describe('a lock between processes', () => {
  test('has one holder, names it, and is free after its release', async () => {
    const lock = await ProcessLock.tryAcquire(folder);
    expect(lock).toBeDefined();
    expect(await ProcessLock.tryAcquire(folder)).toBeUndefined();
    expect(await describeHolder(folder)).toBe(`process ${process.pid}`);
    lock?.release();
    (await ProcessLock.acquire(folder, () => {})).release();
  });

  test('is waited for, and passes on when its holder is killed', async () => {
    const program = `import { ProcessLock } from '${LIB}/lock.mjs'; await ProcessLock.acquire('${folder}', () => {}); console.log('held'); setInterval(() => {}, 1000)`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    const holders: string[] = [];
    const waiting = ProcessLock.acquire(folder, (holderName) => {
      holders.push(holderName);
      holder.kill('SIGKILL');
    });
    (await waiting).release();
    expect(holders).toEqual([`process ${holder.pid}`]);
  });
});

describe('steps', () => {
  test('say what begins and how long it took', async () => {
    const { steps, text } = recorder(false);
    expect(await steps.run('Doing it', async () => 7)).toBe(7);
    expect(text()).toMatch(/^Doing it …\n {2}done in \d+\.\d s\n$/);
  });

  test('show progress in one line on a terminal, and sparsely elsewhere', () => {
    const terminal = recorder(true);
    const file = recorder(false);
    for (let done = 1; done <= 5; done += 1) {
      terminal.steps.progress('compiled', done, 5);
      file.steps.progress('compiled', done, 5);
    }
    expect(terminal.text()).not.toContain('\n');
    expect(terminal.text()).toContain('\r\x1b[2K  compiled: 5 of 5');
    expect(file.text()).toBe('  compiled: 1 of 5\n  compiled: 5 of 5\n');
  });
});

describe('commands', () => {
  test('that fail are reported with their name, exit code and last lines', async () => {
    const failing = run('sh', ['-c', 'echo one; echo two >&2; exit 3'], { what: 'The experiment' });
    await expect(failing).rejects.toThrow(/^The experiment failed \(exit code 3\)\.\n(one\ntwo|two\none)$/);
    expect((await attempt('sh', ['-c', 'exit 3'])).status).toBe(3);
  });

  test('end with what they started when the setup is interrupted', async () => {
    const shell = `sleep 987 & echo $! > ${folder}/pid; wait`;
    const program = `import { attempt } from '${LIB}/command.mjs'; import { statSync } from 'node:fs';
      void attempt('sh', ['-c', ${JSON.stringify(shell)}], { ownGroup: true });
      setInterval(() => statSync('${folder}/pid', { throwIfNoEntry: false })?.size && process.exit(), 5);`;
    await run(process.execPath, ['--input-type=module', '-e', program]);
    const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
    while (existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/status`, 'utf8').includes('State:\tZ'))
      await delay(10);
  });
});

describe('explaining errors', () => {
  test.each([
    ['ENOSPC', /disk is full \(\/here\)/],
    ['EACCES', /No permission to write \(\/here\)/],
    ['EROFS', /read-only/],
    ['ENOTDIR', /in the way/],
  ])('%s is explained in words', (code, words) => {
    expect(explain(Object.assign(new Error('x'), { code, path: '/here' }))).toMatch(words);
  });

  test('a setup problem is its message, anything unexpected keeps its stack', () => {
    expect(explain(new BootstrapError('Do this.'))).toBe('Do this.');
    expect(explain(new Error('bug'))).toContain('bootstrap.test.ts');
  });
});

describe('the mediasoup worker', () => {
  const worker = join(ROOT, 'node_modules', 'mediasoup', 'worker');
  const previous = process.env.MEDIASOUP_WORKER_BIN;

  afterEach(() => {
    if (previous === undefined) delete process.env.MEDIASOUP_WORKER_BIN;
    else process.env.MEDIASOUP_WORKER_BIN = previous;
  });

  test('has its sources listed by the package itself', () => {
    const sources = listSources(worker);
    expect(sources).toEqual(
      expect.arrayContaining(['src/main.cpp', 'src/DepLibWebRTC.cpp', 'src/RTC/Router.cpp']),
    );
    expect(sources).not.toContainEqual(expect.stringContaining('test/'));
    expect(new Set(sources).size).toBe(sources.length);
    expect(sources.every((file) => existsSync(join(worker, file)))).toBe(true);
  });

  test('of a package with other Meson files is refused before anything is compiled', () => {
    mkdirSync(join(folder, 'deps', 'libwebrtc'), { recursive: true });
    writeFileSync(join(folder, 'meson.build'), 'something_else = []');
    writeFileSync(join(folder, 'deps', 'libwebrtc', 'meson.build'), '');
    expect(() => listSources(folder)).toThrow(/not what this build knows/);
  });

  test('that is given must be one', async () => {
    process.env.MEDIASOUP_WORKER_BIN = '/bin/true';
    await expect(ensureWorker(new Steps())).rejects.toThrow('MEDIASOUP_WORKER_BIN names /bin/true');
    process.env.MEDIASOUP_WORKER_BIN = join(folder, 'missing');
    await expect(ensureWorker(new Steps())).rejects.toThrow('no mediasoup worker');
  });
});

describe('Consul', () => {
  const names = ['CONSUL_BIN', 'PARLEY_CACHE_DIR', 'PATH', 'http_proxy'];
  const previous = names.map((name) => [name, process.env[name]] as const);

  afterEach(() => {
    for (const [name, value] of previous) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  test('that is given must be one', async () => {
    process.env.CONSUL_BIN = '/bin/true';
    await expect(ensureConsul(new Steps())).rejects.toThrow('CONSUL_BIN names /bin/true');
    process.env.CONSUL_BIN = join(folder, 'missing');
    await expect(ensureConsul(new Steps())).rejects.toThrow('no Consul program');
  });

  test("comes from Debian's mirrors also on Ubuntu, with Debian's signature", async () => {
    const [bin, osRelease, calls] = ['bin', 'os-release', 'calls'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(bin);
    writeFileSync(osRelease, 'ID=ubuntu\nVERSION_CODENAME=noble\n');
    const aptGet = `#!/bin/sh\ncase "$*" in *"--error-on=any update") cat sources.list >> ${calls}; exit 100 ;; esac\n`;
    writeFileSync(join(bin, 'apt-get'), aptGet, { mode: 0o755 });
    const dpkgQuery = '#!/bin/sh\necho debian-archive-keyring installed\n';
    writeFileSync(join(bin, 'dpkg-query'), dpkgQuery, { mode: 0o755 });
    delete process.env.CONSUL_BIN;
    process.env.PARLEY_CACHE_DIR = folder;
    process.env.PATH = `${bin}:${process.env.PATH}`;
    await expect(ensureConsul(new Steps(), osRelease)).rejects.toThrow(/Set CONSUL_BIN/);
    const signed = 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual([
      `${signed} http://deb.debian.org/debian bullseye main`,
      `${signed} http://archive.debian.org/debian bullseye main`,
    ]);
  });

  test('that cannot be downloaded is reported with another way, and nothing half-made stays', async () => {
    delete process.env.CONSUL_BIN;
    process.env.PARLEY_CACHE_DIR = folder;
    // Nobody listens there: apt reaches no mirror.
    process.env.http_proxy = 'http://127.0.0.1:1';
    await expect(ensureConsul(new Steps())).rejects.toThrow(/Set CONSUL_BIN/);
    expect(existsSync(join(folder, 'consul', '1.8.7', 'consul'))).toBe(false);
  });
});

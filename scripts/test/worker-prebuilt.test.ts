import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureCertificate } from '../lib/certificate.mjs';
import { attempt } from '../lib/command.mjs';
import { ROOT } from '../lib/paths.mjs';
import { Steps } from '../lib/steps.mjs';
import { downloadPrebuilt, prebuiltUrls } from '../bootstrap/worker-prebuilt.mjs';
import { ensureWorker } from '../bootstrap/worker.mjs';

const OWN_KERNEL = release().split('.')[0] ?? '';
const OTHER_KERNEL = OWN_KERNEL === '7' ? '6' : '7';
/** The exit code by which a worker shows that it is one and runs here. */
const RUNS = '#!/bin/sh\nexit 41\n';
const RUNS_NOT = '#!/bin/sh\nexit 1\n';

const NAMES = [
  'MEDIASOUP_WORKER_BIN',
  'MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL',
  'PARLEY_CACHE_DIR',
  'PATH',
  'HTTPS_PROXY',
  'https_proxy',
  'no_proxy',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
];
const before = NAMES.map((name) => [name, process.env[name]] as const);

let folder: string;
let server: Server;
/** What the stand-in of mediasoup's release page publishes: archives by the end of their names. */
let published: Record<string, Buffer>;
let said: string;
const steps = new Steps(
  Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said += chunk.toString();
        done();
      },
    }),
    { isTTY: false },
  ),
);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-prebuilt-'));
  published = {};
  said = '';
  server = createServer((request, response) => {
    const archive = published[request.url?.split('-').pop() ?? ''];
    response.writeHead(archive ? 200 : 404).end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'no_proxy', 'NO_PROXY', 'MEDIASOUP_WORKER_BIN'])
    delete process.env[name];
  process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL = `http://127.0.0.1:${portOf(server)}`;
  process.env.PARLEY_CACHE_DIR = join(folder, 'cache');
});

afterEach(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function portOf(listening: Server): number {
  return (listening.address() as AddressInfo).port;
}

/** An archive as mediasoup publishes it. */
function archive(program: string): Buffer {
  const inside = mkdtempSync(join(folder, 'archive-'));
  writeFileSync(join(inside, 'mediasoup-worker'), program);
  return execFileSync('tar', ['-czf', '-', '-C', inside, 'mediasoup-worker']);
}

/** A package with the sources of the real one, and an install script of its own. */
function packageWith(installScript: string): string {
  const real = join(ROOT, 'node_modules', 'mediasoup');
  const made = join(folder, 'package');
  mkdirSync(join(made, 'worker'), { recursive: true });
  for (const name of readdirSync(join(real, 'worker')).filter((each) => each !== 'out'))
    symlinkSync(join(real, 'worker', name), join(made, 'worker', name));
  writeFileSync(join(made, 'package.json'), readFileSync(join(real, 'package.json')));
  writeFileSync(join(made, 'npm-scripts.mjs'), installScript);
  return made;
}

/** A search path with these programs and no package manager. */
function pathOf(programs: readonly string[]): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['sh', 'tar', 'gzip'])
    symlinkSync(execFileSync('which', [name]).toString().trim(), join(bin, name));
  for (const name of programs) {
    writeFileSync(join(bin, name), '#!/bin/sh\n');
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

const noInstallScript = 'throw new Error("must not run");\n';

test('the name for this kernel is tried first, then those that mediasoup publishes', () => {
  const kernels = (kernel: string) =>
    prebuiltUrls(join(ROOT, 'node_modules', 'mediasoup'), kernel).map(
      (url) => /kernel(\d+)\.tgz$/.exec(url)?.[1],
    );
  expect(kernels('5')).toEqual(['5', '6', '7']);
  expect(kernels('6')).toEqual(['6', '7']);
  expect(kernels('7')).toEqual(['7', '6']);
});

describe('the prebuilt worker', () => {
  test('of another kernel is taken where there is none for this one', async () => {
    published = { [`kernel${OTHER_KERNEL}.tgz`]: archive(RUNS) };
    const path = await ensureWorker(steps, packageWith(noInstallScript), {});
    expect(readFileSync(path, 'utf8')).toBe(RUNS);
    expect(said).toContain(`kernel${OTHER_KERNEL}.tgz, SHA-256`);
  });

  test('of this kernel that does not run here is left for another that does', async () => {
    published = {
      [`kernel${OWN_KERNEL}.tgz`]: archive(RUNS_NOT),
      [`kernel${OTHER_KERNEL}.tgz`]: archive(RUNS),
    };
    const path = await ensureWorker(steps, packageWith(noInstallScript), {});
    expect(readFileSync(path, 'utf8')).toBe(RUNS);
  });

  test('with another SHA-256 than the known one is not taken', async () => {
    const archives = { own: archive(RUNS), other: archive(RUNS) };
    published = { [`kernel${OWN_KERNEL}.tgz`]: archives.own, [`kernel${OTHER_KERNEL}.tgz`]: archives.other };
    const packageDir = packageWith(noInstallScript);
    const [own = '', other = ''] = prebuiltUrls(packageDir).map((url) => url.split('/').pop() ?? '');
    const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
    const target = join(folder, 'worker');
    const digests = { [own]: sha256(Buffer.from('another')), [other]: sha256(archives.other) };
    const taken = await downloadPrebuilt(packageDir, target, async () => true, digests);
    expect(taken).toBe(`${other}, SHA-256 ${digests[other]}, as it must be`);
    const nothing = downloadPrebuilt(packageDir, target, async () => true, { [own]: 'x', [other]: 'x' });
    await expect(nothing).rejects.toThrow(/is not the one that this version of Parley knows/);
  });

  test('that is not among the known ones is not even asked for', async () => {
    const asked: (string | undefined)[] = [];
    server.on('request', (request) => asked.push(request.url));
    const packageDir = packageWith(noInstallScript);
    const version = (
      JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }
    ).version;
    published = { 'kernel6.tgz': archive(RUNS), 'kernel7.tgz': archive(RUNS) };
    const take = (digests: Record<string, string>) =>
      downloadPrebuilt(packageDir, join(folder, 'worker'), async () => true, digests);
    const other = { [`mediasoup-worker-${version}-linux-mips-kernel6.tgz`]: 'x' };
    await expect(take(other)).rejects.toThrow(/is not among the archives that this version of Parley knows/);
    expect(asked).toEqual([]);
    // Those of an earlier version say nothing about this one.
    await expect(take({ 'mediasoup-worker-1.0.0-linux-x64-kernel6.tgz': 'x' })).resolves.toContain('SHA-256');
  });

  test('whose SHA-256 is unknown is not asked for over http, where anybody could answer', async () => {
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL = 'http://mediasoup.example/releases';
    const taken = downloadPrebuilt(
      packageWith(noInstallScript),
      join(folder, 'worker'),
      async () => true,
      {},
    );
    await expect(taken).rejects.toThrow(/mediasoup\.example is not asked over http/);
  });
});

test('once the checksums are known, a worker that came without them is not used', async () => {
  const packageDir = packageWith(noInstallScript);
  published = { [`kernel${OWN_KERNEL}.tgz`]: archive(RUNS) };
  const unchecked = await ensureWorker(steps, packageDir, {});
  const name = prebuiltUrls(packageDir)[0]?.split('/').pop() ?? '';
  const worker = archive(`${RUNS}# checked\n`);
  published = { [`kernel${OWN_KERNEL}.tgz`]: worker };
  const known = { [name]: createHash('sha256').update(worker).digest('hex') };
  const checked = await ensureWorker(steps, packageDir, known);
  expect(checked).not.toBe(unchecked);
  expect(readFileSync(checked, 'utf8')).toContain('# checked');
  expect(said).toContain('as it must be');
});

test('npm run worker:pin writes the SHA-256 of every published archive, and nothing if one is missing', async () => {
  const [six, seven] = [archive(RUNS), archive(RUNS_NOT)];
  const file = join(folder, 'digests.json');
  const pin = () => attempt(process.execPath, [join(ROOT, 'scripts', 'pin-worker.mjs'), file]);
  published = { 'kernel6.tgz': six };
  expect((await pin()).output).toMatch(
    /^Nothing was written: mediasoup-worker-.*-linux-x64-kernel7\.tgz is not published/,
  );
  expect(existsSync(file)).toBe(false);
  published = { 'kernel6.tgz': six, 'kernel7.tgz': seven };
  expect((await pin()).status).toBe(0);
  const digests = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  expect(digests.map(([name, digest]) => [/linux-.*$/.exec(name)?.[0], digest])).toEqual([
    ['linux-x64-kernel6.tgz', sha256(six)],
    ['linux-x64-kernel7.tgz', sha256(seven)],
    ['linux-arm64-kernel6.tgz', sha256(six)],
    ['linux-arm64-kernel7.tgz', sha256(seven)],
  ]);
});

describe('without a prebuilt worker that runs', () => {
  const builds = `import { mkdirSync, writeFileSync } from 'node:fs';
    if (process.argv[2] !== 'postinstall' || !process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) process.exit(2);
    mkdirSync('worker/out/Release', { recursive: true });
    writeFileSync('worker/out/Release/mediasoup-worker', ${JSON.stringify(RUNS)}, { mode: 0o755 });\n`;

  test('mediasoup builds its own, before Parley builds one', async () => {
    process.env.PATH = pathOf(['g++', 'python3', 'pip3']);
    const packageDir = packageWith(builds);
    const path = await ensureWorker(steps, packageDir, {});
    expect(path).toContain('-authors-');
    expect(readFileSync(path, 'utf8')).toBe(RUNS);
    expect(existsSync(join(packageDir, 'worker', 'out'))).toBe(false);
    expect(await ensureWorker(steps, packageDir, {})).toBe(path);
  });

  test('and without compilers, a system whose packages Parley cannot install reads which ones', async () => {
    process.env.PATH = pathOf(['dnf']);
    await expect(ensureWorker(steps, packageWith(builds), {})).rejects.toThrow(
      /no mediasoup worker for this machine\.\n.*is not published[^]*dnf install gcc-c\+\+ python3 python3-pip[^]*MEDIASOUP_WORKER_BIN=/,
    );
  });

  test('whose server cannot be reached, the build that downloads from there is not tried', async () => {
    process.env.PATH = pathOf(['g++', 'python3', 'pip3']);
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL = 'http://127.0.0.1:1/releases';
    const error = await ensureWorker(steps, packageWith(builds), {}).catch(String);
    expect(error).toContain('127.0.0.1:1 cannot be reached');
    expect(said).not.toContain('Building');
  });
});

describe('behind a proxy', () => {
  test('the worker comes through HTTPS_PROXY', async () => {
    const { certificatePath, keyPath } = await ensureCertificate(join(folder, 'certificate'), [
      'mediasoup.example',
    ]);
    const worker = archive(RUNS);
    const secure = createTlsServer(
      { cert: readFileSync(certificatePath), key: readFileSync(keyPath) },
      (_, response) => response.end(worker),
    );
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const asked: string[] = [];
    const sockets: Socket[] = [];
    const proxy = createServer().on('connect', (request, socket: Socket) => {
      asked.push(request.url ?? '');
      const onward = connect(portOf(secure), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      onward.pipe(socket).pipe(onward);
      for (const each of [socket, onward]) each.on('error', () => each.destroy());
      sockets.push(socket, onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    process.env.HTTPS_PROXY = `http://127.0.0.1:${portOf(proxy)}`;
    process.env.NODE_EXTRA_CA_CERTS = certificatePath;
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL = 'https://mediasoup.example/releases';
    try {
      const path = await ensureWorker(steps, packageWith(noInstallScript), {});
      expect(readFileSync(path, 'utf8')).toBe(RUNS);
      expect(asked).toEqual(['mediasoup.example:443']);
    } finally {
      for (const socket of sockets) socket.destroy();
      secure.close();
      proxy.close();
    }
  });

  test('that is away, the words name it without its password', async () => {
    process.env.PATH = pathOf([]);
    process.env.HTTPS_PROXY = 'http://somebody:hunter2@127.0.0.1:1';
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL = 'https://mediasoup.example/releases';
    const error = await ensureWorker(steps, packageWith(noInstallScript), {}).catch(String);
    expect(error).toContain('mediasoup.example cannot be reached through the proxy 127.0.0.1:1');
    expect(`${error}${said}`).not.toContain('hunter2');
  });
});

import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NginxEdge } from '../harness/servers/nginx-edge.ts';
import { isAlive, processTree } from '../harness/machine/processes.ts';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { waitFor } from '@parley/common/testing';
import { RecordingServer } from '../harness/servers/recording-server.ts';

type Outcome = { code: number; output: string };

const AT_ONCE = 40;

const folder = mkdtempSync(join(tmpdir(), 'parley-edge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `run.sh --test` with the variables of a site. */
function check(env: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const given = { PATH: process.env.PATH, EDGE_DIR: join(folder, 'edge'), ...env };
    execFile(join(ROOT, 'nginx', 'run.sh'), ['--test'], { env: given }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

/** CPU time of a process in user mode, without its children, in hundredths of a second. */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[11]);
}

describe('the site of compose', () => {
  test('is valid for nginx, also while the name of no service can be resolved yet', async () => {
    const { code, output } = await check({});
    expect(output).toContain('test is successful');
    expect(code).toBe(0);
    const upstreams = readFileSync(join(folder, 'edge', 'conf', 'site', 'upstreams.conf'), 'utf8');
    expect(upstreams.match(/^upstream \w+/gm)).toHaveLength(6);
  });

  test('believes the PROXY protocol of listed proxies only', async () => {
    const { code, output } = await check({ EDGE_PROXY_PROTOCOL: 'yes' });
    expect(code).toBe(1);
    expect(output).toContain('EDGE_PROXY_PROTOCOL is set, but EDGE_TRUSTED_PROXIES is not');
  });

  test('prints all its mistakes at once, and lets none of them into the configuration', async () => {
    const { code, output } = await check({
      EDGE_HTTPS: '0.0.0.0:8443',
      EDGE_CERTIFICATE: '/nowhere/certificate.pem',
      // A container engine makes an empty folder where the file of a mount is missing.
      EDGE_CERTIFICATE_KEY: '/tmp',
      EDGE_OPERATORS: '10.0.0.0/8;allow all',
      EDGE_TRUSTED_PROXIES: 'caddy',
      EDGE_ACME_DIR: '/srv/a{b',
      EMBED_ORIGINS: "https://a.example 'self'",
      SIGNALING_ADDRESSES: 'signaling',
      LOG_FILE_MAX_MB: 'many',
    });
    expect(code).toBe(1);
    expect(output.split('\n').slice(0, -1)).toEqual([
      'The edge cannot start: its configuration is wrong.',
      '  SIGNALING_ADDRESSES: "signaling" is not a host and port, as signaling:5000',
      expect.stringContaining('EDGE_OPERATORS: "10.0.0.0/8;allow" is not a network'),
      expect.stringContaining('EDGE_OPERATORS: "all" is not a network'),
      expect.stringContaining('EDGE_TRUSTED_PROXIES: "caddy" is not a network'),
      `  EMBED_ORIGINS: "'self'" is not an origin, as https://www.example.org`,
      '  LOG_FILE_MAX_MB: "many" is not a number',
      '  EDGE_ACME_DIR: the path has characters that it may not have',
      '  EDGE_CERTIFICATE: /nowhere/certificate.pem cannot be read',
      '  EDGE_CERTIFICATE_KEY: /tmp cannot be read',
    ]);
    const { output: without } = await check({ EDGE_HTTPS: '0.0.0.0:8443' });
    expect(without).toContain('EDGE_CERTIFICATE_KEY is not set, but EDGE_HTTPS is');
  });
});

test('a soft limit of open files that is too low for full load is raised', async () => {
  const env = { PATH: process.env.PATH, EDGE_DIR: join(folder, 'edge') };
  const limited = (...limits: string[]) =>
    new Promise<string>((resolve) => {
      const args = [...limits, join(ROOT, 'nginx', 'run.sh'), '--test'];
      execFile('prlimit', args, { env }, (_error, stdout, stderr) => resolve(stdout + stderr));
    });
  const output = await limited('--nofile=1024:20000');
  expect(output).toContain('test is successful');
  expect(output).not.toContain('open file resource limit');
});

describe('beside nginx', () => {
  const logDir = join(folder, 'logs');
  let ui: RecordingServer;
  let edge: NginxEdge;

  beforeAll(async () => {
    ui = await RecordingServer.start('ui');
    const env = {
      UI_ADDRESSES: `localhost:${ui.address.split(':')[1]}`,
      LOG_DIR: logDir,
      LOG_FILE_MAX_MB: '1',
    };
    edge = await NginxEdge.start(env);
  });

  afterAll(async () => {
    await edge?.stop();
    await ui?.close();
  });

  const files = () =>
    readdirSync(join(logDir, 'nginx'))
      .filter((name) => !name.endsWith('.trouble.ndjson'))
      .sort();
  const lines = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  /** Each on a connection of its own: nginx may close one that waits just as the next request is sent on it. */
  const ask = async (path: string, times: number): Promise<void> => {
    const once = () =>
      new Promise((resolve, reject) => {
        request(edge.origin + path, { agent: false }, (response) => response.resume().once('end', resolve))
          .once('error', reject)
          .end();
      });
    for (let asked = 0; asked < times; asked += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, once));
  };

  test('each request is one line in the format of the services, without its query', async () => {
    await fetch(`${edge.origin}/r/x"y%0az?token=secret`);
    await waitFor(() => lines(edge.output).length > 0, { what: 'the line' });
    const [line] = lines(edge.output);
    expect(line).toMatchObject({
      level: 'info',
      service: 'nginx',
      method: 'GET',
      status: 200,
      address: '127.0.0.1',
      msg: 'request answered',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(Math.abs(Date.parse(String(line?.time)) - Date.now())).toBeLessThan(30_000);
    expect(JSON.stringify(line)).not.toContain('secret');
  });

  test('log files are named and rotated like those of the services, and no line is lost', async () => {
    expect(files()).toEqual([`${hostname()}-${edge.pid}.ndjson`]);
    // No limit holds there: of refused requests only a sample is logged.
    const path = `/metrics/${'p'.repeat(1500)}`;
    await ask(path, 400);
    const written = () => files().flatMap((name) => lines(readFileSync(join(logDir, 'nginx', name), 'utf8')));
    const count = () => written().filter((line) => line.path === path).length;
    await waitFor(() => count() === 400, { what: 'all lines' });
    await ask(path, 400);
    await waitFor(() => files().length === 2, { what: 'a second file' });
    await fetch(`${edge.origin}/after`);
    await waitFor(() => count() === 800, { what: 'all lines', describe: count });
    await waitFor(() => written().some((line) => line.path === '/after'), { what: 'the line after' });
    expect(files()[0]).toMatch(/^[^.]+-\d+\.\d{8}T\d{9}Z\.ndjson$/);
  });

  test('no process outlives a master that was killed', async () => {
    const processes = processTree(edge.pid);
    expect(processes.length).toBeGreaterThan(2);
    process.kill(edge.pid, 'SIGKILL');
    const left = () => processes.filter(isAlive);
    await waitFor(() => left().length === 0, { what: 'all of it to be gone', describe: left });
  });
});

describe('without names or without processes', () => {
  const bin = join(folder, 'bin');
  const answer = join(folder, 'answer');
  const asked = join(folder, 'asked');
  const site = join(folder, 'names', 'conf', 'site');
  const logs = join(folder, 'names-logs', 'nginx');
  // A limit on processes does not apply to root.
  const who = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  let edge: ChildProcess;

  const stub = (name: string, lines: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const questions = () => readFileSync(asked, 'utf8').length;
  const aPassEnds = async () => {
    const before = questions();
    // run.sh resolves six names in each pass. After twelve more, one whole pass has begun and ended.
    await waitFor(() => questions() >= before + 12, { what: 'two passes' });
  };
  const ui = () =>
    /upstream ui \{[^}]*\}/.exec(readFileSync(join(site, 'upstreams.conf'), 'utf8'))?.[0] ?? '';

  beforeAll(async () => {
    mkdirSync(bin);
    mkdirSync(logs, { recursive: true });
    writeFileSync(answer, '');
    writeFileSync(asked, '');
    // The stub for nginx must not end on the signals for a reload and for reopening logs.
    stub('nginx', "trap '' HUP USR1\nexec sleep 600");
    stub('getent', `printf . >>${asked}\nexec cat ${answer}`);
    if ('uid' in who) execFileSync('chown', ['-R', `${who.uid}:${who.gid}`, folder]);
    edge = spawn('dash', [join(ROOT, 'nginx', 'run.sh')], {
      ...who,
      env: {
        PATH: `${bin}:${process.env.PATH}`,
        EDGE_DIR: join(folder, 'names'),
        LOG_DIR: join(folder, 'names-logs'),
        LOG_FILE_MAX_MB: '1',
      },
      stdio: 'ignore',
      detached: true,
    });
    await aPassEnds();
  });

  afterAll(() => {
    if (edge.pid !== undefined) process.kill(-edge.pid, 'SIGKILL');
  });

  test('a name without an address leads nowhere, and a name that can no longer be resolved keeps its last addresses', async () => {
    expect(ui()).toContain('server 127.0.0.1:1 down;');
    writeFileSync(answer, '192.0.2.1 STREAM ui\n192.0.2.2 STREAM\n');
    await waitFor(() => ui().includes('192.0.2.2:3000'), { what: 'both addresses' });
    expect(ui()).not.toContain('down');
    const both = ui();
    writeFileSync(answer, '');
    await aPassEnds();
    expect(ui()).toBe(both);
    writeFileSync(answer, '192.0.2.3 STREAM ui\n');
    await waitFor(() => ui().includes('192.0.2.3:3000'), { what: 'the new address' });
    expect(ui()).not.toContain('192.0.2.1');
  });

  test('the watcher beside nginx survives a time in which no process can be started', async () => {
    const children = processTree(edge.pid!).filter(({ parent }) => parent === edge.pid);
    const watcher = children.find(({ command }) => command.includes('run.sh'))!;
    const prlimit = (...args: string[]) =>
      execFileSync('prlimit', ['--pid', String(watcher.pid), ...args], { ...who, encoding: 'utf8' });
    const hard = prlimit('--nproc', '--raw', '--noheadings', '--output=HARD').trim();
    const before = cpuTicks(watcher.pid);
    prlimit('--nproc=1:');
    // The watcher counts in a loop where it would otherwise sleep, so its CPU time grows.
    await waitFor(() => cpuTicks(watcher.pid) > before + 50, { what: 'it to have tried some times' });
    prlimit(`--nproc=${hard}:`);
    appendFileSync(join(logs, `${hostname()}-${edge.pid}.ndjson`), 'x'.repeat(2 ** 20));
    await waitFor(() => readdirSync(logs).some((name) => name.includes('Z.ndjson')), {
      what: 'a finished log file',
    });
    expect(isAlive(watcher)).toBe(true);
    await aPassEnds();
  });
});

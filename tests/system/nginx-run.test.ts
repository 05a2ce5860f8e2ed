import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NginxEdge } from '../harness/nginx-edge.ts';
import { isAlive, processTree } from '../harness/processes.ts';
import { ROOT } from '../harness/stack.ts';
import { waitFor } from '../harness/wait-for.ts';
import { Witness } from '../harness/witness.ts';

type Outcome = { code: number; output: string };

const folder = mkdtempSync(join(tmpdir(), 'parley-edge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `run.sh --test` with the variables of a site. */
function check(env: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const given = { PATH: process.env.PATH, EDGE_DIR: join(folder, 'edge'), ...env };
    execFile(join(ROOT, 'nginx', 'run.sh'), ['--test'], { env: given }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

describe('the site of compose', () => {
  test('is content to nginx, also while no service can be found by its name yet', async () => {
    const { code, output } = await check({});
    expect(output).toContain('test is successful');
    expect(code).toBe(0);
    const upstreams = readFileSync(join(folder, 'edge', 'conf', 'site', 'upstreams.conf'), 'utf8');
    expect(upstreams.match(/^upstream \w+/gm)).toHaveLength(6);
  });

  test('tells all that is wrong with it at once, and lets nothing into the configuration', async () => {
    const { code, output } = await check({
      EDGE_HTTPS: '0.0.0.0:8443',
      EDGE_CERTIFICATE: '/nowhere/certificate.pem',
      EDGE_OPERATORS: '10.0.0.0/8;allow all',
      SIGNALING_ADDRESSES: 'signaling',
      LOG_FILE_MAX_MB: 'many',
    });
    expect(code).toBe(1);
    expect(output.split('\n').slice(0, -1)).toEqual([
      'The edge cannot start: its configuration is wrong.',
      '  SIGNALING_ADDRESSES: "signaling" is not a host and port, as signaling:5000',
      expect.stringContaining('EDGE_OPERATORS: "10.0.0.0/8;allow" is not a network'),
      expect.stringContaining('EDGE_OPERATORS: "all" is not a network'),
      '  LOG_FILE_MAX_MB: "many" is not a number',
      '  EDGE_CERTIFICATE: /nowhere/certificate.pem cannot be read',
      '  EDGE_CERTIFICATE_KEY is not set, but EDGE_HTTPS is',
    ]);
  });
});

describe('beside nginx', () => {
  const logDir = join(folder, 'logs');
  let ui: Witness;
  let edge: NginxEdge;

  beforeAll(async () => {
    ui = await Witness.start('ui');
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

  const files = () => readdirSync(join(logDir, 'nginx')).sort();
  const lines = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('each request is one line as the services write them, without what a query may hold', async () => {
    await fetch(`${edge.origin}/r/x"y%0az?token=secret`);
    await waitFor('the line', () => lines(edge.output).length > 0);
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

  test('the log files are named and rotated as those of the services, and no line is lost', async () => {
    expect(files()).toEqual([`${hostname()}-${edge.pid}.ndjson`]);
    const path = `/${'p'.repeat(1500)}`;
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 40 }, () => fetch(edge.origin + path)));
    const written = () => files().flatMap((name) => lines(readFileSync(join(logDir, 'nginx', name), 'utf8')));
    const count = () => written().filter((line) => line.path === path).length;
    await waitFor('all lines', () => count() === 400);
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 40 }, () => fetch(edge.origin + path)));
    await waitFor('a second file', () => files().length === 2);
    await fetch(`${edge.origin}/after`);
    await waitFor('all lines', () => count() === 800, { describe: count });
    await waitFor('the line after', () => written().some((line) => line.path === '/after'));
    expect(files()[0]).toMatch(/^[^.]+-\d+\.\d{8}T\d{9}Z\.ndjson$/);
  });

  test('nothing outlives a master that was killed', async () => {
    const processes = processTree(edge.pid);
    expect(processes.length).toBeGreaterThan(2);
    process.kill(edge.pid, 'SIGKILL');
    const left = () => processes.filter(isAlive);
    await waitFor('all of it to be gone', () => left().length === 0, { describe: left });
  });
});

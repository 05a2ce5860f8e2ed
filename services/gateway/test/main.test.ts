import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort, waitFor } from '@parley/common/testing';
import { RoomOwner, SECRET } from './gateway-harness.ts';

const MAIN = path.join(import.meta.dirname, '../src/main.ts');

describe('the gateway process', () => {
  const children: ChildProcess[] = [];

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  function run(env: Record<string, string>) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const seen = { text: '' };
    child.stdout.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
    return { child, seen, closed: once(child, 'close') as Promise<[number | null]> };
  }

  async function ports() {
    const [port, adminPort] = [await freePort(), await freePort()];
    const env = {
      INTERNAL_SECRET: SECRET,
      GATEWAY_PORT: String(port),
      GATEWAY_ADMIN_PORT: String(adminPort),
    };
    return { env, api: `http://127.0.0.1:${port}`, admin: `http://127.0.0.1:${adminPort}` };
  }

  const status = async (url: string) => (await fetch(url)).status;

  test('is ready when signaling is, serves, and stops with 0', async () => {
    const { env, api, admin } = await ports();
    const signalingPort = await freePort();
    const { child, seen, closed } = run({ ...env, SIGNALING_ADDRESSES: `127.0.0.1:${signalingPort}` });
    await waitFor(async () => (await status(`${admin}/healthz`)) === 200);
    expect(await (await fetch(`${admin}/readyz`)).json()).toEqual({
      status: 'not_ready',
      failed: ['signaling'],
    });

    const owner = await RoomOwner.create(signalingPort);
    await waitFor(async () => (await status(`${admin}/readyz`)) === 200);
    expect(await status(`${api}/api/healthz`)).toBe(200);
    const response = await fetch(`${api}/api/rooms`, { method: 'POST' });
    expect(response.status).toBe(201);
    expect(await (await fetch(`${admin}/metrics`)).text()).toContain('parley_http_request_seconds_count');
    expect(await status(`${api}/metrics`)).toBe(404);

    child.kill('SIGTERM');
    expect((await closed)[0]).toBe(0);
    expect(seen.text).toContain('service stopped');
    await owner.close();
  });

  test('says everything that is wrong with its configuration and ends with 1', async () => {
    const wrong = { GATEWAY_PORT: 'http', SIGNALING_ADDRESSES: 'here', TURN_URLS: 'turn:t:3478' };
    const { seen, closed } = run(wrong);
    expect((await closed)[0]).toBe(1);
    for (const name of ['GATEWAY_PORT', 'SIGNALING_ADDRESSES', 'INTERNAL_SECRET', 'TURN_SECRET']) {
      expect(seen.text).toContain(`  - ${name}: `);
    }
  });

  test('says that its port is taken and ends with 1', async () => {
    const owner = await RoomOwner.create();
    const { env } = await ports();
    const { seen, closed } = run({ ...env, GATEWAY_PORT: String(owner.port) });
    expect((await closed)[0]).toBe(1);
    expect(seen.text).toContain('EADDRINUSE');
    await owner.close();
  });
});

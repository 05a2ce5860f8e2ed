import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ConsulRegistration } from '@parley/common/consul';
import { CONSUL_TOKENS, freePort, silentLogger, startConsul, waitFor } from '@parley/common/testing';
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
      SIGNALING_GRPC_SECRET: SECRET,
      GATEWAY_PORT: String(port),
      GATEWAY_ADMIN_PORT: String(adminPort),
    };
    return { env, api: `http://127.0.0.1:${port}`, admin: `http://127.0.0.1:${adminPort}` };
  }

  const targets = async (admin: string) =>
    (await (await fetch(`${admin}/targets`)).json()) as { targets: string[] }[];
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
    expect(await (await fetch(`${admin}/metrics`)).text()).toContain(
      'parley_gateway_http_request_seconds_count',
    );
    expect(await status(`${api}/metrics`)).toBe(404);

    child.kill('SIGTERM');
    expect((await closed)[0]).toBe(0);
    expect(seen.text).toContain('service stopped');
    await owner.close();
  });

  test('finds signaling by Consul, lists the targets of Prometheus, and leaves when it stops', async () => {
    const consul = await startConsul();
    const { env, api, admin } = await ports();
    const { child, closed } = run({
      ...env,
      CONSUL_URL: consul.url,
      CONSUL_TOKEN: CONSUL_TOKENS.gateway,
      INSTANCE_ID: 'one',
      METRICS_TARGETS: 'ui=127.0.0.1:3001',
    });
    await waitFor(async () => (await status(`${admin}/healthz`)) === 200);
    const owner = await RoomOwner.create();
    // The ghost died, and its registration is still there.
    const [signaling, ghost] = ['signaling-one', 'signaling-ghost'].map((id) =>
      ConsulRegistration.create({
        url: consul.url,
        token: CONSUL_TOKENS.signaling,
        registrant: { id, service: 'signaling', address: owner.address, adminAddress: '127.0.0.1:2' },
        logger: silentLogger,
      }),
    );
    await waitFor(async () => (await fetch(`${api}/api/rooms`, { method: 'POST' })).status === 201);
    const adminAddress = admin.replace('http://', '');
    const expected = [
      { targets: [adminAddress], labels: { service: 'gateway', instance_id: 'gateway-one' } },
      { targets: ['127.0.0.1:2'], labels: { service: 'signaling', instance_id: 'signaling-one' } },
      { targets: ['127.0.0.1:3001'], labels: { service: 'ui', instance_id: '127.0.0.1:3001' } },
    ];
    await waitFor(() => signaling?.registered === true && ghost?.registered === true);
    // The gateway may learn of the ghost first.
    await waitFor(async () => JSON.stringify(await targets(admin)).includes('signaling-one'));
    expect(await targets(admin)).toEqual(expected);
    expect(await status(`${api}/targets`)).toBe(404);

    child.kill('SIGTERM');
    expect((await closed)[0]).toBe(0);
    const left = await fetch(`${consul.url}/v1/agent/services`, {
      headers: { 'x-consul-token': CONSUL_TOKENS.operator },
    });
    expect(Object.keys((await left.json()) as object).sort()).toEqual(['signaling-ghost', 'signaling-one']);
    await signaling?.close();
    await ghost?.close();
    await owner.close();
    await consul.stop();
  });

  test('without Consul lists the targets of its configuration', async () => {
    const { env, admin } = await ports();
    run({ ...env, METRICS_TARGETS: 'media=127.0.0.1:50061, signaling=127.0.0.1:5001' });
    await waitFor(async () => (await targets(admin)).length === 2);
    expect(await targets(admin)).toEqual([
      { targets: ['127.0.0.1:50061'], labels: { service: 'media', instance_id: '127.0.0.1:50061' } },
      { targets: ['127.0.0.1:5001'], labels: { service: 'signaling', instance_id: '127.0.0.1:5001' } },
    ]);
  });

  test('lists every problem of its configuration and ends with 1', async () => {
    const wrong = {
      GATEWAY_PORT: 'http',
      METRICS_TARGETS: 'media',
      CONSUL_URL: 'consul:8500',
      SIGNALING_ADDRESSES: 'here',
      STUN_URLS: 'turn:t:3478',
    };
    const { seen, closed } = run(wrong);
    expect((await closed)[0]).toBe(1);
    for (const name of [
      'GATEWAY_PORT',
      'METRICS_TARGETS',
      'CONSUL_URL',
      'SIGNALING_ADDRESSES',
      'SIGNALING_GRPC_SECRET',
      'STUN_URLS',
    ]) {
      expect(seen.text).toContain(`  - ${name}: `);
    }
  });

  test('logs that its port is taken and ends with 1', async () => {
    const owner = await RoomOwner.create();
    const { env } = await ports();
    const { seen, closed } = run({ ...env, GATEWAY_PORT: String(owner.port) });
    expect((await closed)[0]).toBe(1);
    expect(seen.text).toContain('EADDRINUSE');
    await owner.close();
  });
});

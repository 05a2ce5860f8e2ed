import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ConsulRegistration, ConsulRegistry } from '@parley/common/consul';
import { captureLogger, DEVELOPMENT, silentLogger, startConsul, waitFor } from '../src/testing/index.ts';

const DEPLOYED = path.resolve(import.meta.dirname, '../../../deploy/consul');
const TOKEN = '5b7a4f0e-0000-4000-8000-000000000001';

const closers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const registrant = {
  id: 'media-one',
  service: 'media',
  address: '127.0.0.1:7001',
  adminAddress: '127.0.0.1:1',
};

async function registerAndFind(url: string, token?: string): Promise<ConsulRegistry> {
  const registration = ConsulRegistration.create({ url, token, registrant, logger: silentLogger });
  closers.push(() => registration.close());
  const registry = await ConsulRegistry.create({ url, token, services: ['media'], logger: silentLogger });
  closers.push(() => registry.close());
  await waitFor(() => registry.list('media').length === 1);
  return registry;
}

describe('the Consul of a deployment', () => {
  test('runs from its settings, takes registrations, shows its page, and runs no scripts for anybody', async () => {
    const data = await mkdtemp(path.join(os.tmpdir(), 'parley-consul-'));
    closers.push(() => rm(data, { recursive: true, force: true }));
    const consul = await startConsul([`-config-dir=${DEPLOYED}`, `-data-dir=${data}`]);
    closers.push(() => consul.stop());
    await registerAndFind(consul.url);
    expect((await fetch(`${consul.url}/ui/`)).status).toBe(200);
    const script = { Name: 'x', Interval: '1s', Args: ['/bin/true'] };
    const refused = await fetch(`${consul.url}/v1/agent/check/register`, {
      method: 'PUT',
      body: JSON.stringify(script),
    });
    expect(await refused.text()).toMatch(/scripts are disabled/i);
    const self = (await (await fetch(`${consul.url}/v1/agent/self`)).json()) as { DebugConfig: object };
    expect(self.DebugConfig).toMatchObject({ DisableRemoteExec: true });
  });
});

describe('a Consul that asks for a token', () => {
  const guarded = [
    ...DEVELOPMENT,
    '-hcl',
    `acl { enabled = true default_policy = "deny" tokens { master = "${TOKEN}" } }`,
  ];

  test('accepts the registration and the queries of a service that has it', async () => {
    const consul = await startConsul(guarded);
    closers.push(() => consul.stop());
    await registerAndFind(consul.url, TOKEN);
  });

  test('needs no more rules for that token than the documentation lists', async () => {
    const consul = await startConsul(guarded);
    closers.push(() => consul.stop());
    const put = async (what: string, body: object) => {
      const request = { method: 'PUT', headers: { 'x-consul-token': TOKEN }, body: JSON.stringify(body) };
      return (await (await fetch(`${consul.url}/v1/acl/${what}`, request)).json()) as { SecretID: string };
    };
    const operations = readFileSync(
      path.join(DEPLOYED, '../../docs/operations/scale-and-upgrade.md'),
      'utf8',
    );
    const rules = operations.match(/(?:service|node|agent)_prefix "" \{ policy = "\w+" \}/g) ?? [];
    expect(rules).toHaveLength(3);
    await put('policy', { Name: 'parley', Rules: rules.join('\n') });
    const token = await put('token', { Policies: [{ Name: 'parley' }] });
    await registerAndFind(consul.url, token.SecretID);
  });

  test('refuses a service with a wrong token, which logs that without the token', async () => {
    const consul = await startConsul(guarded);
    closers.push(() => consul.stop());
    const { logger, lines, text } = captureLogger({ level: 'warn' });
    const wrong = 'not-the-token-not-the-token';
    const registration = ConsulRegistration.create({ url: consul.url, token: wrong, registrant, logger });
    closers.push(() => registration.close());
    await waitFor(() => lines.length > 0);
    expect(registration.registered).toBe(false);
    expect(lines[0]?.['msg']).toBe('cannot register in Consul');
    expect(text()).not.toContain(wrong);
  });
});

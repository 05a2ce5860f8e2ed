import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsulRegistration, ConsulRegistry } from '@parley/common/consul';
import { CONSUL_ACCOUNTS, CONSUL_RULES, ConsulAccess } from '@parley/common/consul-access';
import {
  captureLogger,
  CONSUL_TOKENS,
  silentLogger,
  startConsul,
  waitFor,
  type TestConsul,
} from '../src/testing/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SERVICES = ['media', 'signaling', 'gateway', 'logs'] as const;

let consul: TestConsul;
const closers: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  consul = await startConsul();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(() => consul.stop());

function registrantOf(service: string) {
  return { id: `${service}-one`, service, address: '127.0.0.1:7001', adminAddress: '127.0.0.1:1' };
}

function register(
  service: string,
  token: string | undefined,
  logger = silentLogger,
  url = consul.url,
): ConsulRegistration {
  const registration = ConsulRegistration.create({ url, token, registrant: registrantOf(service), logger });
  closers.push(() => registration.close());
  return registration;
}

async function registryOf(token: string | undefined): Promise<ConsulRegistry> {
  const registry = await ConsulRegistry.create({
    url: consul.url,
    token,
    services: SERVICES,
    logger: silentLogger,
  });
  closers.push(() => registry.close());
  return registry;
}

async function ask(method: string, what: string, token?: string, body?: object) {
  return await fetch(`${consul.url}/v1/${what}`, {
    method,
    headers: token === undefined ? {} : { 'x-consul-token': token },
    ...(body && { body: JSON.stringify(body) }),
  });
}

describe('the Consul of a deployment', () => {
  test('shows its page, and runs no scripts, not even for the token that manages it', async () => {
    expect((await fetch(`${consul.url}/ui/`)).status).toBe(200);
    const script = { Name: 'x', Interval: '1s', Args: ['/bin/true'] };
    const refused = await ask('PUT', 'agent/check/register', consul.managementToken, script);
    expect(await refused.text()).toMatch(/scripts are disabled/i);
    const self = (await (await ask('GET', 'agent/self', CONSUL_TOKENS.operator)).json()) as {
      DebugConfig: object;
    };
    expect(self.DebugConfig).toMatchObject({ DisableRemoteExec: true });
  });

  test('starts only with tokens that are UUIDs, and does not print them', () => {
    const env = { PATH: process.env['PATH'], CONSUL_MANAGEMENT_TOKEN: 'hunter2', CONSUL_AGENT_TOKEN: '' };
    const { status, stderr } = spawnSync('sh', [path.join(ROOT, 'deploy/consul/run.sh')], {
      env,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('CONSUL_MANAGEMENT_TOKEN must be a UUID');
    expect(stderr).not.toContain('hunter2');
  });

  test('shows nothing to somebody without a token, who can neither register nor take the management over', async () => {
    const media = register('media', CONSUL_TOKENS.media);
    await waitFor(() => media.registered);
    expect(await (await ask('GET', 'health/service/media')).json()).toEqual([]);
    expect(await (await ask('GET', 'catalog/services')).json()).toEqual({});
    expect((await ask('PUT', 'agent/service/register', undefined, { Name: 'media', Port: 1 })).status).toBe(
      403,
    );
    expect((await ask('PUT', 'acl/bootstrap')).status).toBe(403);
  });

  test('lets each service register itself and nobody else', async () => {
    for (const service of SERVICES) {
      const own = register(service, CONSUL_TOKENS[service]);
      await waitFor(() => own.registered);
      for (const other of SERVICES) {
        if (other === service) continue;
        const lie = { Name: other, ID: `false-${other}`, Address: '127.0.0.1', Port: 1 };
        const answer = await ask('PUT', 'agent/service/register', CONSUL_TOKENS[service], lie);
        expect([service, other, answer.status]).toEqual([service, other, 403]);
      }
    }
  });

  test('shows each service those that it has to find', async () => {
    const finds = { signaling: ['media', 'signaling'], gateway: [...SERVICES] } as const;
    for (const service of SERVICES) {
      const registration = register(service, CONSUL_TOKENS[service]);
      await waitFor(() => registration.registered);
    }
    for (const service of ['signaling', 'gateway'] as const) {
      const registry = await registryOf(CONSUL_TOKENS[service]);
      const found = () => SERVICES.filter((name) => registry.registered(name).length > 0);
      await waitFor(() => found().length === finds[service].length, { describe: found });
      expect(found()).toEqual(finds[service]);
    }
  });

  test('has accounts that can be made again and again, also after somebody has removed one', async () => {
    const access = new ConsulAccess({ url: consul.url, managementToken: consul.managementToken });
    await access.grant(CONSUL_TOKENS);
    const self = (await (await ask('GET', 'acl/token/self', CONSUL_TOKENS.logs)).json()) as {
      AccessorID: string;
    };
    await ask('DELETE', `acl/token/${self.AccessorID}`, consul.managementToken);
    await waitFor(async () => !(await access.accepts(CONSUL_TOKENS.logs)));
    await access.grant(CONSUL_TOKENS);
    expect(await access.accepts(CONSUL_TOKENS.logs)).toBe(true);
  });

  test('gets its accounts in containers from a process that goes on looking after them', async () => {
    const [media, signaling, gateway, logs, agent, operator] = CONSUL_ACCOUNTS.map(() => randomUUID());
    const child = spawn(
      process.execPath,
      [path.join(ROOT, 'services/common/src/discovery/grant-access.ts')],
      {
        stdio: 'ignore',
        env: {
          PATH: process.env['PATH'],
          CONSUL_URL: consul.url,
          CONSUL_MANAGEMENT_TOKEN: consul.managementToken,
          CONSUL_MEDIA_TOKEN: media,
          CONSUL_SIGNALING_TOKEN: signaling,
          CONSUL_GATEWAY_TOKEN: gateway,
          CONSUL_LOGS_TOKEN: logs,
          CONSUL_AGENT_TOKEN: agent,
          CONSUL_OPERATOR_TOKEN: operator,
        },
      },
    );
    closers.push(() => void child.kill('SIGKILL'));
    const access = new ConsulAccess({ url: consul.url, managementToken: consul.managementToken });
    await waitFor(() => access.accepts(operator ?? ''), { what: 'the accounts are made' });
    const self = (await (await ask('GET', 'acl/token/self', media)).json()) as { AccessorID: string };
    await ask('DELETE', `acl/token/${self.AccessorID}`, consul.managementToken);
    await waitFor(async () => !(await access.accepts(media ?? '')), { what: 'the account is gone' });
    await waitFor(() => access.accepts(media ?? ''), { what: 'the account is made again' });
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  test('refuses a service with a wrong token, which logs that without the token', async () => {
    const { logger, lines, text } = captureLogger({ level: 'warn' });
    const wrong = 'not-the-token-not-the-token';
    const registration = register('media', wrong, logger);
    await waitFor(() => lines.length > 0);
    expect(registration.registered).toBe(false);
    expect(lines[0]?.['msg']).toBe('cannot register in Consul');
    expect(text()).not.toContain(wrong);
  });
});

test('the documentation lists the rules of each account', () => {
  const text = readFileSync(path.join(ROOT, 'docs/operations/scale-and-upgrade.md'), 'utf8');
  for (const account of CONSUL_ACCOUNTS)
    for (const rule of CONSUL_RULES[account].split('\n')) expect(text).toContain(rule);
});

test.each([
  ['only one of certificate and key', { CONSUL_TLS_KEY: '/etc/hostname' }, 'CONSUL_TLS_CERTIFICATE'],
  [
    'a key that is not there',
    { CONSUL_TLS_CERTIFICATE: '/etc/hostname', CONSUL_TLS_KEY: '/nonexistent' },
    'CONSUL_TLS_KEY',
  ],
])('the script of Consul refuses %s', (_what, files, name) => {
  const env = {
    PATH: process.env['PATH'],
    CONSUL_BIN: '/bin/echo',
    CONSUL_DIR: '/nonexistent',
    CONSUL_MANAGEMENT_TOKEN: CONSUL_TOKENS.operator,
    CONSUL_AGENT_TOKEN: CONSUL_TOKENS.agent,
    ...files,
  };
  const { status, stderr } = spawnSync('sh', [path.join(ROOT, 'deploy/consul/run.sh')], {
    env,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`${name} must be a file that Consul can read`);
});

test.each([
  ['Consul v1.8.7', { cert_file: '/etc/hostname', key_file: '/etc/passwd', tls_min_version: 'tls12' }],
  [
    'Consul v2.0.4',
    { tls: { https: { cert_file: '/etc/hostname', key_file: '/etc/passwd', tls_min_version: 'TLSv1_2' } } },
  ],
])('the script writes the settings of TLS as %s names them, and no port without TLS', (version, settings) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-consul-file-'));
  try {
    const program = path.join(folder, 'consul');
    writeFileSync(program, `#!/bin/sh\necho "${version}"\n`, { mode: 0o755 });
    const env = {
      PATH: process.env['PATH'],
      CONSUL_BIN: program,
      CONSUL_DIR: folder,
      CONSUL_MANAGEMENT_TOKEN: CONSUL_TOKENS.operator,
      CONSUL_AGENT_TOKEN: CONSUL_TOKENS.agent,
      CONSUL_TLS_CERTIFICATE: '/etc/hostname',
      CONSUL_TLS_KEY: '/etc/passwd',
    };
    spawnSync('sh', [path.join(ROOT, 'deploy/consul/run.sh')], { env });
    expect(JSON.parse(readFileSync(path.join(folder, 'tokens.json'), 'utf8'))).toMatchObject({
      ...settings,
      ports: { http: -1, https: 8500 },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the file with the tokens is for nobody else', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-consul-file-'));
  try {
    const env = {
      PATH: process.env['PATH'],
      CONSUL_DIR: folder,
      // Any program that says a version.
      CONSUL_BIN: '/bin/echo',
      CONSUL_MANAGEMENT_TOKEN: CONSUL_TOKENS.operator,
      CONSUL_AGENT_TOKEN: CONSUL_TOKENS.agent,
    };
    const { stdout } = spawnSync('sh', [path.join(ROOT, 'deploy/consul/run.sh')], { env, encoding: 'utf8' });
    expect(statSync(path.join(folder, 'tokens.json')).mode & 0o777).toBe(0o600);
    expect(stdout).not.toContain(CONSUL_TOKENS.agent);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

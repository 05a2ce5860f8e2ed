import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { ConsulRegistration, ConsulRegistry, exportConsulMetrics } from '@parley/common/consul';
import { AdminServer, createMetrics, Readiness } from '@parley/common/service';
import {
  captureLogger,
  CONSUL_TOKENS,
  silentLogger,
  startConsul,
  waitFor,
  type TestConsul,
} from '../src/testing/index.ts';
import { describeServiceRegistry } from './support/service-registry-contract.ts';

const CHECK_INTERVAL_MS = 200;

let consul: TestConsul;
const closers: (() => void | Promise<void>)[] = [];
let number = 0;

beforeAll(async () => {
  consul = await startConsul();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(() => consul.stop());

/** An admin server whose readiness the test decides. */
async function startAdmin(isReady: () => boolean = () => true): Promise<string> {
  const check = () => {
    if (!isReady()) throw new Error('not ready');
  };
  const { registry } = createMetrics('test');
  const readiness = new Readiness({ checks: { check }, logger: silentLogger });
  const listener = { host: '127.0.0.1', port: 0, registry, readiness, logger: silentLogger };
  const admin = await AdminServer.create(listener);
  closers.push(() => admin.close());
  return `127.0.0.1:${admin.port}`;
}

/** May read everything. */
const OPERATOR = { headers: { 'x-consul-token': CONSUL_TOKENS.operator } };

type Given = {
  service?: 'media' | 'signaling';
  address?: string;
  adminAddress?: string;
  id?: string;
  url?: string;
};

async function register(given: Given = {}): Promise<ConsulRegistration> {
  const { url = consul.url, ...registrant } = given;
  const registration = ConsulRegistration.create({
    url,
    token: CONSUL_TOKENS[given.service ?? 'media'],
    registrant: {
      id: `media-${number++}`,
      service: 'media',
      address: '127.0.0.1:7001',
      adminAddress: registrant.adminAddress ?? (await startAdmin()),
      ...registrant,
    },
    logger: silentLogger,
    checkIntervalMs: CHECK_INTERVAL_MS,
  });
  closers.push(() => registration.close());
  return registration;
}

async function watch(options: { url?: string; graceMs?: number } = {}): Promise<ConsulRegistry> {
  const registry = await ConsulRegistry.create({
    url: consul.url,
    token: CONSUL_TOKENS.gateway,
    services: ['media', 'signaling'],
    logger: silentLogger,
    ...options,
  });
  closers.push(() => registry.close());
  return registry;
}

const addresses = (registry: ConsulRegistry, service = 'media') =>
  registry.list(service).map((one) => one.address);

/** How many instances of `media` Consul has looked at and found ready. */
async function passing({ url }: TestConsul): Promise<number> {
  const response = await fetch(`${url}/v1/health/service/media?passing`, OPERATOR);
  return ((await response.json()) as unknown[]).length;
}

describeServiceRegistry('Consul', async ([one, other]) => {
  await register({ address: one });
  await register({ address: other });
  return { registry: await watch(), close: () => undefined };
});

describe('an instance that registers in Consul', () => {
  test('is found by others with its admin address, and disappears from their lists when it leaves', async () => {
    const registry = await watch();
    const changes: string[][] = [];
    registry.onChange('media', () => changes.push(addresses(registry)));
    expect(addresses(registry)).toEqual([]);

    const adminAddress = await startAdmin();
    const registration = await register({ id: 'media-one', adminAddress });
    await waitFor(() => addresses(registry).length === 1);
    expect(registry.list('media')).toEqual([{ id: 'media-one', address: '127.0.0.1:7001', adminAddress }]);
    expect(registration.registered).toBe(true);

    await registration.close();
    await waitFor(() => addresses(registry).length === 0);
    expect(changes.at(0)).toEqual(['127.0.0.1:7001']);
    expect(changes.at(-1)).toEqual([]);
  });

  test('is not listed while it is not ready, but stays among the registered instances', async () => {
    let ready = true;
    const registry = await watch();
    await register({ address: '127.0.0.1:7001', adminAddress: await startAdmin(() => ready) });
    await register({ address: '127.0.0.1:7002' });
    await waitFor(async () => (await passing(consul)) === 2);
    ready = false;
    await waitFor(() => addresses(registry).join(' ') === '127.0.0.1:7002');
    expect(registry.registered('media')).toHaveLength(2);
    ready = true;
    await waitFor(() => addresses(registry).length === 2);
  });

  test('is listed all the same when Consul can reach no instance', async () => {
    const registry = await watch();
    await register({ adminAddress: '127.0.0.1:1' });
    await waitFor(() => registry.list('media').length === 1);
    const refused = async () =>
      (await (await fetch(`${consul.url}/v1/agent/checks`, OPERATOR)).text()).includes('refused');
    await waitFor(refused, { what: 'Consul has tried' });
    expect(addresses(registry)).toEqual(['127.0.0.1:7001']);
  });

  test('does not wait for a Consul that is away, logs that once, and is registered when Consul is back', async () => {
    const own = await startConsul();
    closers.push(() => own.stop());
    await own.kill();
    const { logger, lines } = captureLogger();
    const registrant = {
      id: 'late',
      service: 'media',
      address: '127.0.0.1:7001',
      adminAddress: await startAdmin(),
    };
    const registration = ConsulRegistration.create({
      url: own.url,
      token: CONSUL_TOKENS.media,
      registrant,
      logger,
    });
    closers.push(() => registration.close());
    const registry = await watch({ url: own.url });
    expect(registration.registered).toBe(false);
    await waitFor(() => lines.length > 0);
    await own.restart();
    await waitFor(() => addresses(registry).length === 1);
    // The registry may see the instance before the answer to its registration arrives.
    await waitFor(() => registration.registered);
    expect(lines.map((line) => line['msg'])).toEqual(['cannot register in Consul', 'registered in Consul']);
  });

  test('leaves within its second when Consul does not answer', async () => {
    const own = await startConsul();
    closers.push(() => own.stop());
    const registration = await register({ url: own.url });
    await waitFor(() => registration.registered);
    own.freeze();
    const begun = performance.now();
    await registration.close();
    await registration.close();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(registration.registered).toBe(false);
  });
});

describe('when Consul', () => {
  test('dies, the known instances stay listed; when it comes back empty, they are registered again without having been missed', async () => {
    const own = await startConsul();
    closers.push(() => own.stop());
    await register({ url: own.url, address: '127.0.0.1:7001' });
    await register({ url: own.url, address: '127.0.0.1:7002' });
    const { logger, lines } = captureLogger();
    const registry = await ConsulRegistry.create({
      url: own.url,
      token: CONSUL_TOKENS.gateway,
      services: ['media'],
      logger,
    });
    closers.push(() => registry.close());
    const metrics = new Registry();
    exportConsulMetrics(metrics, registry);
    await waitFor(async () => (await passing(own)) === 2);
    await waitFor(() => addresses(registry).length === 2);
    const seen = new Set<string>();
    registry.onChange('media', () => seen.add(addresses(registry).toSorted().join(' ')));

    await own.kill();
    await waitFor(() => lines.some((line) => line['msg'] === 'Consul is away, keeping what is known'));
    expect(addresses(registry)).toHaveLength(2);
    expect(await metrics.metrics()).toContain('parley_consul_reachable 0');

    await own.restart();
    await waitFor(() => lines.some((line) => line['msg'] === 'Consul is back'));
    expect(await metrics.metrics()).toContain('parley_consul_reachable 1');
    await waitFor(async () => (await passing(own)) === 2);
    await register({ url: own.url, address: '127.0.0.1:7003' });
    await waitFor(() => addresses(registry).length === 3);
    for (const list of seen) expect(list).toContain('127.0.0.1:7001 127.0.0.1:7002');
    expect(lines.filter((line) => line['level'] === 'warn' || line['level'] === 40)).toHaveLength(1);
  });

  test('comes back empty and an instance does not, it is forgotten after the grace', async () => {
    const own = await startConsul();
    closers.push(() => own.stop());
    const stays = await register({ url: own.url, address: '127.0.0.1:7001' });
    const goes = await register({ url: own.url, address: '127.0.0.1:7002' });
    const graceMs = 2_000;
    const registry = await watch({ url: own.url, graceMs });
    await waitFor(() => addresses(registry).length === 2);
    await own.kill();
    await goes.close();
    const backAfter = performance.now();
    await own.restart();
    await waitFor(() => addresses(registry).length < 2);
    // Consul came back later than that, so the grace ended later too.
    expect(performance.now() - backAfter).toBeGreaterThan(graceMs);
    await waitFor(() => stays.registered && addresses(registry).join() === '127.0.0.1:7001');
  });

  test('is away when a service starts, the start goes on, and the instances come later', async () => {
    const own = await startConsul();
    closers.push(() => own.stop());
    await own.kill();
    const registry = await watch({ url: own.url });
    expect(registry.list('media')).toEqual([]);
    await own.restart();
    await register({ url: own.url });
    await waitFor(() => addresses(registry).length === 1);
  });
});

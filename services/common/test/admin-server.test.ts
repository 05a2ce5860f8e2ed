import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AdminServer, createMetrics, Readiness, type ReadinessCheck } from '@parley/common/service';
import { captureLogger, silentLogger } from '../src/testing/index.ts';

describe('the admin server', () => {
  let server: AdminServer | undefined;
  let readiness: Readiness;

  beforeEach(() => {
    readiness = new Readiness({ checks: {}, logger: silentLogger });
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function start(
    checks: Record<string, ReadinessCheck> = {},
    logger = silentLogger,
    checkTimeoutMs = 100,
  ): Promise<AdminServer> {
    const { registry } = createMetrics('test');
    readiness = new Readiness({ checks, logger, checkTimeoutMs });
    server = await AdminServer.create({
      host: '127.0.0.1',
      port: 0,
      registry,
      readiness,
      logger,
    });
    return server;
  }

  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server?.port}${path}`, { method });

  test('says that the process lives', async () => {
    await start({ database: () => Promise.reject(new Error('away')) });
    const response = await get('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  test('is ready when every check passes', async () => {
    await start({ database: async () => undefined, media: () => undefined });
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', failed: [] });
  });

  test('is not ready while a check fails, throws or does not answer, and lists these checks', async () => {
    await start({
      works: () => undefined,
      rejects: () => Promise.reject(new Error('away')),
      throws: () => {
        throw new Error('broken');
      },
      hangs: () => new Promise(() => undefined),
    });
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'not_ready', failed: ['rejects', 'throws', 'hangs'] });
  });

  test('serves the additional routes of a service, and answers 404 for any other path', async () => {
    const { registry } = createMetrics('test');
    const routes = { '/targets': async () => [1, 2] };
    const options = { host: '127.0.0.1', port: 0, registry, readiness, routes, logger: silentLogger };
    server = await AdminServer.create(options);
    expect(await (await get('/targets?x=1')).json()).toEqual([1, 2]);
    expect((await get('/targets', 'POST')).status).toBe(405);
    expect((await get('/toString')).status).toBe(404);
  });

  test('logs a failing check once, and its recovery', async () => {
    const { logger, lines } = captureLogger();
    let works = false;
    await start({ media: () => (works ? undefined : Promise.reject(new Error('away'))) }, logger);
    await get('/readyz');
    await get('/readyz');
    works = true;
    await get('/readyz');
    expect(lines.map((line) => line['msg'])).toEqual(['readiness check failed', 'readiness check recovered']);
  });

  test('runs a slow check once for all requests that arrive meanwhile', async () => {
    let runs = 0;
    const release = Promise.withResolvers<void>();
    const slow = (): Promise<void> => {
      runs += 1;
      return release.promise;
    };
    await start({ slow }, silentLogger, 60_000);
    const answers = [get('/readyz'), get('/readyz'), get('/readyz')];
    // The third request has been taken in when a later one on another path is answered.
    await get('/healthz');
    release.resolve();
    const statuses = (await Promise.all(answers)).map((response) => response.status);
    expect(statuses).toEqual([200, 200, 200]);
    expect(runs).toBe(1);
  });

  test('is no longer ready once the service stops', async () => {
    await start({});
    readiness.markStopping();
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'stopping', failed: [] });
    expect((await get('/healthz')).status).toBe(200);
  });

  test('serves the metrics with the name of the service', async () => {
    await start();
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toMatch(/parley_log_files_failing\{service="test"\} \d+/);
    expect(text).toContain('# TYPE parley_grpc_server_call_seconds histogram');
  });

  test('runs its checks for each read of the metrics and shows there which of them fails', async () => {
    let works = true;
    await start({
      database: () => (works ? undefined : Promise.reject(new Error('away'))),
      media: () => undefined,
    });
    const ready = async () =>
      [...(await (await get('/metrics')).text()).matchAll(/^parley_ready\{check="(\w+)".*\} (\d)$/gm)].map(
        ([, check, value]) => `${check} ${value}`,
      );
    expect(await ready()).toEqual(['database 1', 'media 1']);
    works = false;
    expect(await ready()).toEqual(['database 0', 'media 1']);
  });

  test('answers HEAD, and refuses other paths and methods', async () => {
    await start();
    const head = await get('/readyz', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await get('/')).status).toBe(404);
    expect((await get('/healthz/../metrics2')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(405);
  });

  test('reports a taken port', async () => {
    const admin = await start();
    const { registry } = createMetrics('test');
    const options = { host: '127.0.0.1', port: admin.port, registry, readiness, logger: silentLogger };
    await expect(AdminServer.create(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('closes once, and answers no request after that', async () => {
    const admin = await start();
    await Promise.all([admin.close(), admin.close()]);
    await expect(get('/healthz')).rejects.toThrow();
  });
});

import { expect, test } from '@jest/globals';
import { readConfig } from '@parley/common/config';
import { mediaConfigSchema } from '../src/config.ts';
import { workerBinForTest } from './support/worker-bin.ts';

const good = { INTERNAL_SECRET: 'x'.repeat(32), MEDIASOUP_WORKER_BIN: workerBinForTest() };

test('only the secret and the worker have to be given', () => {
  const config = readConfig(mediaConfigSchema, good);
  expect(config).toMatchObject({
    MEDIA_GRPC_HOST: '127.0.0.1',
    MEDIA_GRPC_PORT: 50_051,
    MEDIA_ADMIN_HOST: '127.0.0.1',
    MEDIA_ADMIN_PORT: 50_061,
    MEDIA_RTC_PORT_BASE: 40_000,
    MEDIA_ICE_TIMEOUT_MS: 60_000,
  });
  expect(config.MEDIA_WORKERS).toBeGreaterThanOrEqual(1);
});

test('all problems are reported together', () => {
  const env = {
    MEDIASOUP_WORKER_BIN: '/nonexistent',
    MEDIA_WORKERS: 'many',
    MEDIA_RTC_LISTEN_IP: '0.0.0.0',
    MEDIA_GRPC_PORT: '-1',
  };
  expect(() => readConfig(mediaConfigSchema, env)).toThrow(
    expect.objectContaining({
      problems: [
        expect.stringContaining('INTERNAL_SECRET'),
        expect.stringContaining('MEDIASOUP_WORKER_BIN'),
        expect.stringContaining('MEDIA_GRPC_PORT'),
        expect.stringContaining('MEDIA_WORKERS'),
        expect.stringContaining('MEDIA_RTC_ANNOUNCED_ADDRESS'),
      ],
    }),
  );
});

test('every worker needs a port', () => {
  const env = { ...good, MEDIA_RTC_PORT_BASE: '65535', MEDIA_WORKERS: '2' };
  expect(() => readConfig(mediaConfigSchema, env)).toThrow(
    'MEDIA_RTC_PORT_BASE: leaves no port for every worker',
  );
});

import { expect, test } from '@jest/globals';
import { readConfig } from '@parley/common/config';
import { mediaConfigSchema, pipePorts } from '../src/config.ts';
import { workerBinForTest } from './support/worker-bin.ts';

const good = { MEDIA_GRPC_SECRET: 'x'.repeat(32), MEDIASOUP_WORKER_BIN: workerBinForTest() };

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
        expect.stringContaining('MEDIASOUP_WORKER_BIN'),
        expect.stringContaining('MEDIA_GRPC_PORT'),
        expect.stringContaining('MEDIA_WORKERS'),
        expect.stringContaining('MEDIA_GRPC_SECRET'),
        expect.stringContaining('MEDIA_RTC_ANNOUNCED_ADDRESSES'),
      ],
    }),
  );
});

test('media listens on several addresses and announces addresses and names', () => {
  const config = readConfig(mediaConfigSchema, {
    ...good,
    MEDIA_RTC_LISTEN_IP: '0.0.0.0, ::',
    MEDIA_RTC_ANNOUNCED_ADDRESSES: '198.51.100.7 10.0.0.7,2001:db8::7 meet.example.com',
  });
  expect(config.MEDIA_RTC_LISTEN_IP).toEqual(['0.0.0.0', '::']);
  expect(config.MEDIA_RTC_ANNOUNCED_ADDRESSES).toEqual([
    '198.51.100.7',
    '10.0.0.7',
    '2001:db8::7',
    'meet.example.com',
  ]);
});

test.each([
  ['REGION', 'EU West'],
  ['REGION', 'eu-'],
  ['REGION', '1'],
  ['REGION', 'x'.repeat(33)],
  ['MEDIA_PROBE_PORT', '65536'],
  ['MEDIA_RTC_LISTEN_IP', 'localhost'],
  ['MEDIA_RTC_LISTEN_IP', '10.0.0.300'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '300.1.1.1'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '[2001:db8::1]'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '2001:db8::g'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '198.51.100.7:40000'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', 'https://meet.example.com'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '0.0.0.0'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '::'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', 'fe80::1%eth0'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '-meet-.example.com'],
  ['MEDIA_RTC_ANNOUNCED_ADDRESSES', '198.51.100.7,,meet..example'],
  [
    'MEDIA_RTC_ANNOUNCED_ADDRESSES',
    '1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5 1.1.1.6 1.1.1.7 1.1.1.8 1.1.1.9',
  ],
])('%s refuses %s', (name, value) => {
  expect(() => readConfig(mediaConfigSchema, { ...good, [name]: value })).toThrow(`${name}: must be `);
});

test('links to other nodes have ports behind those of the workers, and where that was said', () => {
  const ports = (env: Record<string, string>) =>
    pipePorts(readConfig(mediaConfigSchema, { ...good, MEDIA_WORKERS: '4', ...env }));
  expect(ports({})).toEqual({ min: 40_050, max: 40_100 });
  expect(ports({ MEDIA_WORKERS: '96' })).toEqual({ min: 40_096, max: 40_146 });
  expect(ports({ MEDIA_RTC_PORT_BASE: '65530' })).toEqual({ min: 65_535, max: 65_535 });
  expect(ports({ MEDIA_PIPE_PORTS: '40004-40010' })).toEqual({ min: 40_004, max: 40_010 });
});

test('links to other nodes do not have the port for probes, where there is a region', () => {
  const read = (env: Record<string, string>) =>
    readConfig(mediaConfigSchema, { ...good, MEDIA_WORKERS: '96', ...env });
  const region = { REGION: 'eu-west' };
  expect(pipePorts(read(region))).toEqual({ min: 40_102, max: 40_152 });
  expect(pipePorts(read({ ...region, MEDIA_PROBE_PORT: '40147' }))).toEqual({ min: 40_096, max: 40_146 });
  const given = { MEDIA_PIPE_PORTS: '40100-40110' };
  expect(pipePorts(read(given))).toEqual({ min: 40_100, max: 40_110 });
  expect(() => read({ ...given, ...region })).toThrow('MEDIA_PIPE_PORTS: must not contain MEDIA_PROBE_PORT');
});

test.each([
  ['40003-40010', 'must not contain ports of workers'],
  ['39000-41000', 'must not contain ports of workers'],
  ['40010-40009', 'must be two ports'],
  ['40010', 'must be two ports'],
  ['80-90', 'must be two ports'],
  ['60000-70000', 'must be two ports'],
])('MEDIA_PIPE_PORTS refuses %s', (value, words) => {
  const env = { ...good, MEDIA_WORKERS: '4', MEDIA_PIPE_PORTS: value };
  expect(() => readConfig(mediaConfigSchema, env)).toThrow(`MEDIA_PIPE_PORTS: ${words}`);
});

test('every worker needs a port', () => {
  const env = { ...good, MEDIA_RTC_PORT_BASE: '65535', MEDIA_WORKERS: '2' };
  expect(() => readConfig(mediaConfigSchema, env)).toThrow(
    'MEDIA_RTC_PORT_BASE: leaves no port for every worker',
  );
});

test('the port for probes is none of a worker, where there is a region', () => {
  const env = { ...good, MEDIA_WORKERS: '2', MEDIA_PROBE_PORT: '40001' };
  expect(readConfig(mediaConfigSchema, env).REGION).toBeUndefined();
  expect(() => readConfig(mediaConfigSchema, { ...env, REGION: 'eu-west' })).toThrow(
    'MEDIA_PROBE_PORT: is the port of a worker',
  );
  const beside = { ...env, REGION: 'eu-west', MEDIA_PROBE_PORT: '40002' };
  expect(readConfig(mediaConfigSchema, beside)).toMatchObject({
    REGION: 'eu-west',
    MEDIA_PROBE_PORT: 40_002,
  });
});

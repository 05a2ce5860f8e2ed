import { describe, expect, test } from '@jest/globals';
import type { TransportParameters } from '@parley/proto/rtp';
import { DeviceCheck } from '../../../src/call/check/device-check.ts';
import { well, type Check } from '../../../src/call/check/check.ts';
import { ConnectionCheck, type CheckSet } from '../../../src/call/check/connection-check.ts';
import { addressesOf, isLoopback, narrow, serversFor } from '../../../src/call/check/ice-path.ts';
import { judgeAddress } from '../../../src/call/check/path-checks.ts';
import { judgeClock } from '../../../src/call/check/server-check.ts';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import type { Capture } from '../../../src/call/devices/capture.ts';
import { waitFor } from '../../support/wait-for.ts';

const never: Check = { name: 'clock', run: () => new Promise(() => {}) };
const healthy: Check = { name: 'server', run: async () => well() };
const broken: Check = { name: 'origin', run: () => Promise.reject(new Error('broken')) };

function connectionCheck(...checks: Check[]) {
  let closed = 0;
  const check = new ConnectionCheck((): CheckSet => ({ checks, close: () => (closed += 1) }));
  const result = (name: string) => check.getState().lines.find((line) => line.name === name)?.result;
  return { check, result, closed: () => closed };
}

describe('a check', () => {
  test('goes on after a step that throws, and frees its resources', async () => {
    const { check, result, closed } = connectionCheck(broken, healthy);
    await check.start();
    expect(check.getState()).toMatchObject({ phase: 'done', current: null });
    expect(result('origin')).toMatchObject({ state: 'wrong', code: 'internal' });
    expect(result('server')).toMatchObject({ state: 'well' });
    expect(closed()).toBe(1);
  });

  test('does nothing before it is started, and not twice at once', async () => {
    const { check, closed } = connectionCheck(healthy);
    expect(check.getState()).toMatchObject({ phase: 'idle', traceId: null });
    await Promise.all([check.start(), check.start()]);
    expect(closed()).toBe(1);
  });

  test('can be stopped in the middle, and started again from nothing', async () => {
    const { check, result, closed } = connectionCheck(healthy, never);
    const run = check.start();
    await waitFor('the clock to be looked at', () => check.getState().current === 'clock');
    check.stop();
    await run;
    expect(check.getState().phase).toBe('stopped');
    expect(result('clock')).toBeNull();
    expect(closed()).toBe(1);
    const { traceId } = check.getState();
    const again = check.start();
    expect(result('server')).toBeNull();
    await waitFor('the clock to be looked at', () => check.getState().current === 'clock');
    expect(check.getState().traceId).not.toBe(traceId);
    check.close();
    await again;
  });
});

describe('a device', () => {
  const run = (microphone: () => Promise<MediaStreamTrack>, signal = new AbortController().signal) =>
    new DeviceCheck('microphone', { microphone } as unknown as Capture).run(signal);

  test('is freed as soon as it was got', async () => {
    let stopped = 0;
    const track = { stop: () => (stopped += 1) } as unknown as MediaStreamTrack;
    expect(await run(async () => track)).toEqual(well());
    expect(stopped).toBe(1);
  });

  test('that comes after the check was stopped is freed as well', async () => {
    let stopped = 0;
    const opening = Promise.withResolvers<MediaStreamTrack>();
    const running = new AbortController();
    const result = run(() => opening.promise, running.signal);
    running.abort();
    await expect(result).rejects.toThrow();
    opening.resolve({ stop: () => (stopped += 1) } as unknown as MediaStreamTrack);
    await waitFor('the device to be freed', () => stopped === 1);
  });

  test('that is refused counts as wrong, but is skipped on an insecure origin', async () => {
    const refuse = (code: CallFailure['code']) => () => Promise.reject(new CallFailure(code));
    expect(await run(refuse('device_busy'))).toMatchObject({
      state: 'wrong',
      facts: { error: 'device_busy' },
    });
    expect(await run(refuse('insecure_origin'))).toMatchObject({ state: 'skipped' });
  });
});

describe('the clock', () => {
  const now = Date.parse('2026-01-01T00:01:00Z');

  test.each([
    ['Thu, 01 Jan 2026 00:01:20 GMT', 'well'],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 'wrong'],
    ['', 'skipped'],
  ])('is compared with the date %p of the server: %s', (date, state) => {
    expect(judgeClock(date, now).state).toBe(state);
  });

  test('is reported with the direction of its difference', () => {
    expect(judgeClock('Thu, 01 Jan 2026 00:02:00 GMT', now).facts.secondsAhead).toBe(60);
  });
});

describe('the paths of media', () => {
  const transport = {
    iceCandidates: [
      { protocol: 'udp', address: '192.0.2.1', port: 1 },
      { protocol: 'tcp', address: '192.0.2.1', port: 2 },
      { protocol: 'udp', address: '2001:db8::1', port: 3 },
    ],
  } as unknown as TransportParameters;

  test('differ by their candidates, and a TURN server may use all', () => {
    expect(narrow(transport, 'udp').iceCandidates.map(({ port }) => port)).toEqual([1, 3]);
    expect(narrow(transport, 'tcp').iceCandidates.map(({ port }) => port)).toEqual([2]);
    expect(narrow(transport, 'relay').iceCandidates).toHaveLength(3);
    expect(narrow(transport, 'ipv6').iceCandidates.map(({ port }) => port)).toEqual([3]);
    expect(addressesOf(transport)).toEqual(['192.0.2.1', '2001:db8::1']);
  });

  test('use TURN servers only where they go by one, and beside https only those with its port', () => {
    const credentials = { username: 'u', credential: 'c' };
    const servers = [
      { urls: ['stun:a.example'] },
      { urls: ['turn:a.example:3478?transport=udp', 'turns:a.example:443?transport=tcp'], ...credentials },
    ];
    const of = (path: 'udp' | 'relay' | 'web', page = 'https://call.example') =>
      serversFor(path, servers, new URL(page));
    expect(of('udp')).toEqual([]);
    expect(of('relay')).toEqual([servers[1]]);
    expect(of('web')).toEqual([{ urls: ['turns:a.example:443?transport=tcp'], ...credentials }]);
    expect(of('web', 'https://call.example:8443')).toEqual([]);
  });

  test('show whether the announced address is right', () => {
    const judge = (works: ('udp' | 'tcp' | 'relay')[], address = '192.0.2.1', host = 'call.example') =>
      judgeAddress([address], new Set(works), host);
    expect(judge(['tcp'])).toMatchObject({ state: 'well', facts: { relayed: false } });
    expect(judge(['relay'])).toMatchObject({ state: 'well', facts: { relayed: true } });
    expect(judge([])).toMatchObject({ state: 'wrong', code: 'announced-address' });
    expect(judge(['udp'], '127.0.0.1')).toMatchObject({ state: 'wrong', facts: { loopback: true } });
    expect(judge(['udp'], '127.0.0.1', 'localhost').state).toBe('well');
    expect(isLoopback('10.0.0.1')).toBe(false);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProbeAddress } from '@parley/proto/regions';
import { silentLog } from '../../../src/call/base/log.ts';
import { Lobby } from '../../../src/call/lobby/lobby.ts';
import { Regions } from '../../../src/call/lobby/regions.ts';
import { MediaDevice } from '../../../src/call/media/media-device.ts';
import { CallServer } from '../../support/call-server.ts';
import { fakeHandlerFactory } from '../../support/media.ts';
import { ROOM_CODE } from '../../support/records.ts';
import { ok } from '../../support/signaling-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const region = (name: string) => ({ name, probes: [{ host: `${name}.example`, port: 40_101 }] });

describe('the regions of a page', () => {
  let server: CallServer;
  let listed: object[];
  let asked: string[];
  /** By the name of the region. */
  let rtts: Record<string, number | null | Promise<number | null>>;
  let regions: Regions;

  beforeEach(async () => {
    server = await CallServer.start();
    const { rest } = server.signaling;
    server.signaling.rest = (path) =>
      path === '/api/regions' ? { status: 200, body: { regions: listed } } : rest(path);
    [listed, asked] = [[region('eu'), region('us')], []];
    rtts = { eu: 20, us: 90 };
    const measure = async ([probe]: readonly ProbeAddress[]) => {
      asked.push(probe?.host ?? '');
      return (await rtts[probe?.host.split('.')[0] ?? '']) ?? null;
    };
    regions = new Regions({ origin: server.origin, measure, log: silentLog });
  });
  afterEach(() => server.stop());

  test('are measured where there are several, and those without an answer are left out', async () => {
    rtts = { eu: 20, us: null };
    await regions.measure();
    expect(asked.toSorted()).toEqual(['eu.example', 'us.example']);
    expect(regions.times).toEqual([{ region: 'eu', rttMs: 20 }]);
  });

  test.each([0, 1])('are not measured where there are %i of them', async (count) => {
    listed = listed.slice(0, count);
    await regions.measure();
    expect([asked, regions.times]).toEqual([[], []]);
  });

  test('are unknown where the server does not know the question, which is no failure', async () => {
    server.signaling.rest = () => ({ status: 404, body: { error: { code: 'not_found', message: 'No.' } } });
    await regions.measure();
    expect([asked, regions.times]).toEqual([[], []]);
  });

  test('are unknown until all are measured, and measured anew over another network', async () => {
    const slow = Promise.withResolvers<number>();
    rtts = { eu: 20, us: slow.promise };
    const first = regions.measure();
    await waitFor('the first measurement', () => asked.length === 2);
    expect(regions.times).toEqual([]);
    rtts = { eu: 70, us: 30 };
    await regions.measure();
    const times = [
      { region: 'eu', rttMs: 70 },
      { region: 'us', rttMs: 30 },
    ];
    expect(regions.times).toEqual(times);
    // What the former network said is of no use any more.
    slow.resolve(1);
    await first;
    expect(regions.times).toEqual(times);
  });

  describe('before and at the join', () => {
    const TIMES = [
      { region: 'eu', rttMs: 20 },
      { region: 'us', rttMs: 90 },
    ];
    let lobby: Lobby;
    const wishes = (name: 'lobby:open' | 'room:join', answer?: unknown): object[] => {
      const seen: object[] = [];
      const former = server.signaling.handlers.get(name);
      server.signaling.handlers.set(name, (input, socket) => {
        seen.push(input as object);
        return answer ?? former?.(input, socket);
      });
      return seen;
    };

    beforeEach(() => {
      const device = new MediaDevice(fakeHandlerFactory());
      lobby = new Lobby({ origin: server.origin, roomCode: ROOM_CODE, device, regions, log: silentLog });
      Object.assign(globalThis, { window: new EventTarget() });
    });
    afterEach(() => {
      lobby.giveUp();
      Reflect.deleteProperty(globalThis, 'window');
    });

    test('are measured as soon as the page is there, and again when its network changes', async () => {
      const stop = lobby.watch();
      await regions.settled;
      expect(asked).toHaveLength(2);
      globalThis.window.dispatchEvent(new Event('online'));
      await regions.settled;
      expect(asked).toHaveLength(4);
      stop();
    });

    test('are part of the wish for media in the lobby, which waits for them', async () => {
      const slow = Promise.withResolvers<number>();
      rtts = { eu: 20, us: slow.promise };
      const opened = wishes('lobby:open', ok({ media: null }));
      void regions.measure();
      lobby.want('Ann');
      await waitFor('the socket', () => server.signaling.connected.length === 1);
      expect(opened).toEqual([]);
      slow.resolve(90);
      await waitFor('the wish', () => opened.length === 1);
      expect(opened[0]).toMatchObject({ regionTimes: TIMES });
    });

    test('are part of the join, which waits for nothing', async () => {
      const joined = wishes('room:join');
      await regions.measure();
      const call = server.makeCall({ regions });
      await call.join();
      call.close();
      rtts = { eu: new Promise(() => {}), us: 1 };
      void regions.measure();
      const second = server.makeCall({ regions });
      await second.join();
      second.close();
      expect(joined).toMatchObject([{ regionTimes: TIMES }, {}]);
      expect(joined[1]).not.toHaveProperty('regionTimes');
    });
  });
});

import { expect, test } from '@jest/globals';
import { countStates } from '../../src/statistics/media-states.ts';
import { StreamTotals } from '../../src/statistics/stream-totals.ts';

const stream = (ssrc: number, packets: number, lost = 0) =>
  ({
    ssrc,
    packetCount: packets,
    byteCount: packets * 100,
    packetsLost: lost,
    nackCount: 0,
    pliCount: 1,
    firCount: 0,
  }) as Parameters<StreamTotals['advance']>[0][number];

test('each call adds what came since the last one, of all streams together', () => {
  const totals = new StreamTotals();
  expect(totals.advance([stream(1, 10), stream(2, 5)])).toMatchObject({ packets: 15, bytes: 1500, plis: 2 });
  expect(totals.advance([stream(1, 12), stream(2, 5)])).toMatchObject({ packets: 2, bytes: 200, plis: 0 });
  expect(totals.advance([])).toMatchObject({ packets: 0, bytes: 0 });
});

test('a lost packet that arrives after all lowers nothing, and is not counted twice', () => {
  const totals = new StreamTotals();
  expect(totals.advance([stream(1, 10, 3)]).lost).toBe(3);
  expect(totals.advance([stream(1, 20, 1)]).lost).toBe(0);
  expect(totals.advance([stream(1, 30, 4)]).lost).toBe(1);
});

test('states are counted by name; a transport without a path has no protocol, audio no layer', () => {
  const tuple = { protocol: 'tcp' } as never;
  const states = countStates(
    [
      { iceState: 'new', dtlsState: 'new', iceSelectedTuple: undefined },
      { iceState: 'completed', dtlsState: 'connected', iceSelectedTuple: tuple },
      { iceState: 'closed', dtlsState: 'closed', iceSelectedTuple: undefined },
    ],
    [
      { kind: 'video', type: 'simulcast', currentLayers: { spatialLayer: 2 } },
      { kind: 'video', type: 'simulcast', currentLayers: undefined },
      { kind: 'video', type: 'simple', currentLayers: undefined },
      { kind: 'audio', type: 'simple', currentLayers: undefined },
    ],
  );
  expect(states.ice).toEqual({ new: 1, connected: 0, completed: 1, disconnected: 0 });
  expect(states.dtls).toMatchObject({ new: 1, connected: 1, closed: 1 });
  expect(states.protocol).toEqual({ udp: 0, tcp: 1 });
  expect(states.layer).toEqual({ none: 1, '0': 0, '1': 0, '2': 1 });
});

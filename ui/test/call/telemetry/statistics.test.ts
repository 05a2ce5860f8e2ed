import { describe, expect, test } from '@jest/globals';
import { readStatistics, type Stat, type StatisticsStream } from '../../../src/call/telemetry/statistics.ts';
import { peerId } from '../../support/records.ts';

const camera: StatisticsStream = {
  id: 'p1',
  peerId: peerId('me'),
  direction: 'sent',
  source: 'camera',
  mid: '1',
  layers: null,
};
const voice: StatisticsStream = {
  id: 'c1',
  peerId: peerId('ann'),
  direction: 'received',
  source: 'microphone',
  mid: '0',
  layers: null,
};

const path: Stat[] = [
  { id: 'T', type: 'transport', timestamp: 0, selectedCandidatePairId: 'P' },
  {
    id: 'P',
    type: 'candidate-pair',
    timestamp: 0,
    localCandidateId: 'L',
    remoteCandidateId: 'R',
    currentRoundTripTime: 0.042,
    availableOutgoingBitrate: 2_500_000,
  },
  { id: 'L', type: 'local-candidate', timestamp: 0, candidateType: 'srflx', protocol: 'udp' },
  { id: 'R', type: 'remote-candidate', timestamp: 0, candidateType: 'host', protocol: 'udp' },
];

function layer(id: string, at: number, bytesSent: number, height: number, active = true): Stat {
  return {
    id,
    type: 'outbound-rtp',
    timestamp: at,
    mid: '1',
    codecId: 'C',
    bytesSent,
    frameWidth: (height * 16) / 9,
    frameHeight: height,
    framesPerSecond: active ? 30 : 0,
    active,
  };
}

function sentAt(at: number, bytes: number): Stat[] {
  return [
    ...path,
    layer('O0', at, bytes, 180),
    layer('O1', at, bytes * 2, 360),
    layer('O2', at, 0, 720, false),
    { id: 'C', type: 'codec', timestamp: at, mimeType: 'video/VP8' },
    {
      id: 'RI',
      type: 'remote-inbound-rtp',
      timestamp: at,
      localId: 'O1',
      fractionLost: 0.02,
      roundTripTime: 0.05,
      jitter: 0.004,
    },
  ];
}

function receivedAt(at: number, bytesReceived: number, packetsReceived: number, packetsLost: number): Stat[] {
  return [
    ...path,
    {
      id: 'I',
      type: 'inbound-rtp',
      timestamp: at,
      mid: '0',
      bytesReceived,
      packetsReceived,
      packetsLost,
      jitter: 0.006,
    },
  ];
}

describe('statistics', () => {
  const first = readStatistics({
    sent: sentAt(1000, 0),
    received: receivedAt(1000, 0, 0, 0),
    streams: [camera, voice],
    previous: new Map(),
    now: 1,
  });
  const second = readStatistics({
    sent: sentAt(3000, 10_000),
    received: receivedAt(3000, 8000, 90, 10),
    streams: [camera, voice],
    previous: first.counters,
    now: 2,
  });

  test('have no rates at the first reading', () => {
    expect(first.statistics.streams.map((stream) => stream.bitrate)).toEqual([null, null]);
    expect(first.statistics.streams[1]?.loss).toBeNull();
  });

  test('join the layers of a camera: the sum of their bits, and the largest picture that runs', () => {
    expect(second.statistics.streams[0]).toEqual({
      id: 'p1',
      peerId: 'me',
      direction: 'sent',
      source: 'camera',
      codec: 'VP8',
      bitrate: 120_000,
      loss: 0.02,
      roundTripMs: 50,
      jitterMs: 4,
      width: 640,
      height: 360,
      framesPerSecond: 30,
      layers: { running: 2, total: 3 },
    });
  });

  test('show the loss of the last interval', () => {
    expect(second.statistics.streams[1]).toMatchObject({
      bitrate: 32_000,
      loss: 0.1,
      jitterMs: 6,
      width: null,
    });
  });

  test('show the path', () => {
    expect(second.statistics.path).toEqual({ protocol: 'udp', local: 'srflx', remote: 'host' });
    expect(second.statistics.roundTripMs).toBe(42);
    expect(second.statistics.availableOutgoingBitrate).toBe(2_500_000);
  });

  test('are never negative when counters begin anew', () => {
    const again = readStatistics({
      sent: [],
      received: receivedAt(5000, 100, 5, 0),
      streams: [voice],
      previous: second.counters,
      now: 3,
    });
    expect(again.statistics.streams[0]).toMatchObject({ bitrate: 0, loss: null });
  });

  test('survive a transport without statistics', () => {
    const none = readStatistics({
      sent: [],
      received: [],
      streams: [camera, voice],
      previous: new Map(),
      now: 1,
    });
    expect(none.statistics.path).toEqual({ protocol: null, local: null, remote: null });
    expect(none.statistics.streams).toHaveLength(2);
  });
});

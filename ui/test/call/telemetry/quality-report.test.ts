import { describe, expect, test } from '@jest/globals';
import {
  readIcePath,
  reportQuality,
  type QualitySnapshot,
} from '../../../src/call/telemetry/quality-report.ts';
import type { Stat } from '../../../src/call/telemetry/statistics.ts';

const video = (more: Partial<Stat> = {}): Stat => ({
  id: 'V',
  type: 'inbound-rtp',
  kind: 'video',
  mid: '1',
  timestamp: 0,
  ...more,
});
const audio = (more: Partial<Stat> = {}): Stat => ({ ...video(more), id: 'A', kind: 'audio', mid: '0' });

function snapshot(at: number, received: Stat[], active = ['0', '1'], run = 1): QualitySnapshot {
  return { at, sent: [], received, runs: new Map(active.map((mid) => [mid, run])) };
}

function path(local: Partial<Stat>, roundTrip?: number): Stat[] {
  const pair = { localCandidateId: 'L', remoteCandidateId: 'R', timestamp: 0 };
  return [
    { id: 'T', type: 'transport', timestamp: 0, selectedCandidatePairId: 'P' },
    {
      id: 'P',
      type: 'candidate-pair',
      ...pair,
      ...(roundTrip === undefined ? {} : { currentRoundTripTime: roundTrip }),
    },
    { id: 'L', type: 'local-candidate', timestamp: 0, ...local },
  ];
}

describe('the report of a time in a call', () => {
  test.each<[string, Stat[], Stat[], object]>([
    ['nothing when nothing is received', [], [], { watchedSeconds: 0, freezes: 0, frozenSeconds: 0 }],
    ['the time of each picture', [video()], [video()], { watchedSeconds: 10 }],
    [
      'freezes since the last time',
      [video({ freezeCount: 3, totalFreezesDuration: 2 })],
      [video({ freezeCount: 5, totalFreezesDuration: 3.5 })],
      { freezes: 2, frozenSeconds: 1.5 },
    ],
    [
      'no more frozen time than there was',
      [video({ totalFreezesDuration: 0 })],
      [video({ totalFreezesDuration: 600 })],
      { frozenSeconds: 10 },
    ],
    [
      'the share of concealed sound, without concealed silence',
      [audio({ concealedSamples: 100, silentConcealedSamples: 50, totalSamplesReceived: 48_000 })],
      [audio({ concealedSamples: 5_000, silentConcealedSamples: 150, totalSamplesReceived: 96_000 })],
      { concealedAudioRatio: 0.1 },
    ],
    [
      'loss by kind',
      [video({ packetsLost: 10, packetsReceived: 1_000 }), audio({ packetsLost: 0, packetsReceived: 500 })],
      [video({ packetsLost: 30, packetsReceived: 1_980 }), audio({ packetsLost: 0, packetsReceived: 1_000 })],
      { videoLossRatio: 0.02, audioLossRatio: 0 },
    ],
    [
      'no negative value when counters begin anew',
      [video({ packetsLost: 500, packetsReceived: 9_000, freezeCount: 7 })],
      [video({ packetsLost: 1, packetsReceived: 9, freezeCount: 0 })],
      { freezes: 0 },
    ],
    ['the largest picture', [video()], [video({ frameHeight: 720 })], { receivedHeight: 720 }],
    ['the round trip', [], path({}, 0.025), { roundTripSeconds: 0.025 }],
  ])('has %s', (_what, before, now, expected) => {
    expect(reportQuality(snapshot(0, before), snapshot(10_000, now))).toMatchObject(expected);
  });

  test.each<[string, string[], string[]]>([
    ['now', ['1'], []],
    ['before', [], ['1']],
  ])('does not count a picture that is paused %s as a freeze', (_when, before, now) => {
    const report = reportQuality(
      snapshot(0, [video({ freezeCount: 0, frameHeight: 180 })], before),
      snapshot(10_000, [video({ freezeCount: 1, totalFreezesDuration: 9, frameHeight: 180 })], now),
    );
    expect(report).toEqual({ watchedSeconds: 0, freezes: 0, frozenSeconds: 0 });
  });

  test('does not count a picture as a freeze that was paused in between, as of a page that was hidden', () => {
    const report = reportQuality(
      snapshot(0, [video({ freezeCount: 0 })], ['1'], 1),
      snapshot(10_000, [video({ freezeCount: 1, totalFreezesDuration: 4 })], ['1'], 2),
    );
    expect(report).toEqual({ watchedSeconds: 0, freezes: 0, frozenSeconds: 0 });
  });

  test('adds up the pictures of several people', () => {
    const two = (more: Partial<Stat>) => [
      video(more),
      { ...video(more), id: 'V2', mid: '0', frameHeight: 360 },
    ];
    const report = reportQuality(
      snapshot(0, two({ freezeCount: 0 })),
      snapshot(5_000, two({ freezeCount: 1, frameHeight: 180 })),
    );
    expect(report).toMatchObject({ watchedSeconds: 10, freezes: 2, receivedHeight: 360 });
  });

  test('leaves out a stream that was not there before', () => {
    const report = reportQuality(snapshot(0, []), snapshot(10_000, [video({ packetsReceived: 5 })]));
    expect(report).toEqual({ watchedSeconds: 0, freezes: 0, frozenSeconds: 0 });
  });
});

describe('the path of media', () => {
  test.each<[string | undefined, Partial<Stat>]>([
    ['udp', { candidateType: 'host', protocol: 'udp' }],
    ['udp', { candidateType: 'srflx', protocol: 'udp' }],
    ['tcp', { candidateType: 'host', protocol: 'tcp' }],
    ['relay_udp', { candidateType: 'relay', protocol: 'udp', relayProtocol: 'udp' }],
    ['relay_tcp', { candidateType: 'relay', protocol: 'udp', relayProtocol: 'tcp' }],
    ['relay_tcp', { candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }],
    [undefined, { candidateType: 'host' }],
  ])('is %s for %j', (expected, local) => {
    expect(readIcePath(snapshot(0, path(local)))).toBe(expected);
  });

  test('is not known before there is one', () => {
    expect(readIcePath(snapshot(0, []))).toBeUndefined();
  });
});

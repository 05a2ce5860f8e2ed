import { clientMetricsSchema, type ClientMetrics } from '@parley/proto/rest';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import type { LogFields } from '../../../src/call/base/log.ts';
import {
  FIRST_REPORT_MS,
  REPORT_EVERY_MS,
  REPORT_SPREAD_MS,
} from '../../../src/call/telemetry/quality-beacon.ts';
import type { QualitySnapshot } from '../../../src/call/telemetry/quality-report.ts';
import { CallTelemetry } from '../../../src/call/telemetry/call-telemetry.ts';
import { peer, producer, snapshot } from '../../support/records.ts';

const LONGEST_MS = REPORT_EVERY_MS + REPORT_SPREAD_MS;

let lines: { level: string; message: string; fields: LogFields | undefined }[];
let reports: ClientMetrics[];
let reads: number;
let isRefused: boolean;
let telemetry: CallTelemetry;

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  reports = [];
  reads = 0;
  isRefused = false;
  telemetry = new CallTelemetry({
    log: (level, message, fields) => lines.push({ level, message, fields }),
    read: async () => measured((reads += 1)),
    send: async (report) => {
      expect(clientMetricsSchema.safeParse(report).error).toBeUndefined();
      reports.push(report);
      if (isRefused) throw new CallFailure('rate_limited');
    },
  });
});

afterEach(() => {
  telemetry.close();
  jest.useRealTimers();
});

/** One picture that freezes once between any two readings, over TCP. */
function measured(n: number): QualitySnapshot {
  return {
    at: n * 1_000,
    sent: [],
    received: [
      { id: 'V', type: 'inbound-rtp', kind: 'video', mid: '1', timestamp: 0, freezeCount: n },
      { id: 'T', type: 'transport', timestamp: 0, selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', timestamp: 0, localCandidateId: 'L', remoteCandidateId: 'R' },
      { id: 'L', type: 'local-candidate', timestamp: 0, candidateType: 'host', protocol: 'tcp' },
    ],
    runs: new Map([['1', 1]]),
  };
}

const CHOICE = { displayName: 'Ann', microphoneOn: true, cameraOn: false };
const DEVICES = { microphoneId: null, cameraId: null, speakerId: null };
const sending = (source: Source, paused = false): PeerRecord =>
  peer('bob', { producers: [producer(`bob-${source}`, source, paused)] });

function join(others: PeerRecord[] = [], asked = true): void {
  telemetry.joinPressed({ ...CHOICE, ...DEVICES });
  telemetry.admitted(asked);
  telemetry.joined(snapshot(peer('me'), others));
}

const messages = () => lines.map(({ message }) => message);

describe('the telemetry of a call', () => {
  test('logs a call from the press on join to its end, without names', () => {
    join([sending('camera')]);
    telemetry.joined(snapshot(peer('me'), []));
    telemetry.ended(null);
    expect(messages()).toEqual(['join pressed', 'joined', 'joined again', 'left']);
    expect(lines[0]?.fields).toEqual({ microphoneOn: true, cameraOn: false });
    expect(lines[1]?.fields).toMatchObject({ others: 1 });
    expect(JSON.stringify(lines)).not.toContain('Ann');
  });

  test('logs the code with which a call failed', () => {
    telemetry.ended(new CallFailure('room_full'));
    expect(lines).toMatchObject([{ level: 'error', message: 'call failed', fields: { code: 'room_full' } }]);
  });

  test.each(['passcode_wrong', 'room_locked', 'session_moved', 'session_removed'] as const)(
    'logs %s as a decision of people, which is no error',
    (code) => {
      telemetry.ended(new CallFailure(code));
      expect(lines).toMatchObject([{ level: 'info', message: 'call refused or ended', fields: { code } }]);
    },
  );

  test('logs nothing after it is closed', () => {
    join([sending('camera'), sending('microphone')]);
    telemetry.close();
    telemetry.pictureShown();
    telemetry.soundStarted();
    telemetry.deviceFailed('camera', 'device_busy');
    expect(messages()).toEqual(['join pressed', 'joined']);
  });

  test('reports once how long the first picture and the first sound took', async () => {
    telemetry.joinPressed({ ...CHOICE, ...DEVICES });
    telemetry.admitted(true);
    await jest.advanceTimersByTimeAsync(100);
    telemetry.joined(snapshot(peer('me'), [sending('camera'), sending('microphone')]));
    await jest.advanceTimersByTimeAsync(300);
    telemetry.pictureShown();
    await jest.advanceTimersByTimeAsync(100);
    telemetry.soundStarted();
    telemetry.pictureShown();
    await jest.advanceTimersByTimeAsync(FIRST_REPORT_MS + LONGEST_MS);
    expect(reports).toHaveLength(2);
    expect(reports[0]).toMatchObject({ firstFrameSeconds: 0.4, firstAudioSeconds: 0.5 });
    expect(reports[1]).not.toHaveProperty('firstFrameSeconds');
    expect(messages().filter((message) => message.startsWith('first'))).toEqual([
      'first picture shown',
      'first sound received',
    ]);
  });

  test.each<[string, PeerRecord[]]>([
    ['is alone', []],
    ['comes to people who send nothing', [peer('bob')]],
    ['comes to people who are muted', [sending('camera', true), sending('microphone', true)]],
  ])('measures no wait of a person who %s, because it depends on the others', (_what, others) => {
    join(others);
    telemetry.pictureShown();
    telemetry.soundStarted();
    telemetry.close();
    expect(reports).toEqual([]);
  });

  test('reports every ten to fifteen seconds the values since the last report', async () => {
    join();
    await jest.advanceTimersByTimeAsync(FIRST_REPORT_MS);
    expect(reports).toEqual([{ watchedSeconds: 1, freezes: 1, frozenSeconds: 0, icePath: 'tcp' }]);
    await jest.advanceTimersByTimeAsync(REPORT_EVERY_MS - 1);
    expect(reports).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(REPORT_SPREAD_MS + 1);
    expect(reports[1]).toEqual({ watchedSeconds: 1, freezes: 1, frozenSeconds: 0 });
  });

  test('sends its reports less and less often while they are refused', async () => {
    isRefused = true;
    join();
    await jest.advanceTimersByTimeAsync(60 * 60_000);
    expect(reports.length).toBeLessThan(40);
    isRefused = false;
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    const before = reports.length;
    await jest.advanceTimersByTimeAsync(3 * LONGEST_MS);
    expect(reports.length).toBeGreaterThanOrEqual(before + 3);
  });

  test('reports and measures nothing when the join did not ask for it', async () => {
    join([sending('camera')], false);
    telemetry.pictureShown();
    telemetry.deviceFailed('camera', 'device_busy');
    await jest.advanceTimersByTimeAsync(10 * LONGEST_MS);
    telemetry.close();
    expect(reports).toEqual([]);
    expect(reads).toBe(0);
  });

  test('sends its last report in the task in which it ends, and none after', async () => {
    join([sending('camera')]);
    telemetry.pictureShown();
    telemetry.deviceFailed('microphone', 'device_permission_denied');
    telemetry.deviceFailed('camera', 'unplugged');
    telemetry.deviceFailed('camera', 'internal');
    telemetry.close();
    expect(reports).toMatchObject([
      {
        firstFrameSeconds: 0,
        deviceErrors: [
          { device: 'microphone', problem: 'denied' },
          { device: 'camera', problem: 'unplugged' },
        ],
      },
    ]);
    await jest.advanceTimersByTimeAsync(10 * LONGEST_MS);
    expect(reports).toHaveLength(1);
  });
});

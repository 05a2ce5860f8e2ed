import { Counter, Histogram, type Registry } from 'prom-client';
import {
  clientDeviceSchema,
  deviceProblemSchema,
  icePathSchema,
  recoveryOutcomeSchema,
  recoveryStepSchema,
  type ClientMetrics,
} from '@parley/proto/rest';
import { QualityWatch } from './quality-watch.ts';

const FIRST_SECONDS = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];
const ROUND_TRIP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2];
const RATIOS = [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const RECOVERY_SECONDS = [0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 10, 20, 60];
const HEIGHTS_PIXELS = [90, 180, 270, 360, 540, 720, 1080, 1440, 2160];

/** How a report was answered; `invalid` for a report that the contract refuses. */
const OUTCOMES = ['accepted', 'invalid', 'rate_limited'] as const;

export type ClientMetricsSink = {
  /** Counts one report that came from this address. */
  observe(report: ClientMetrics, address: string): void;
  /** A report was answered with this HTTP status. */
  reportAnswered(status: number): void;
};

/** The most that one report can honestly claim: a screen full of pictures, for a minute. */
const WATCHED_MAX_SECONDS = 3_000;
const FREEZES_MAX = 1_000;

/**
 * Metrics of calls as browsers report them. A browser in a call can send any report, so the numbers show trends and prove nothing;
 * alerts look at `QualityWatch` instead.
 */
export function createClientMetrics(registry: Registry): ClientMetricsSink {
  const histogram = createHistograms(registry);
  const count = createCounters(registry);
  const watch = new QualityWatch(registry);
  return {
    observe: (given, address) => {
      const report = bounded(given);
      watch.add(address, report);
      for (const [key, observe] of Object.entries(histogram)) observe(report[key as keyof typeof histogram]);
      count.report(report);
    },
    reportAnswered: (status) =>
      count.answered(status < 300 ? 'accepted' : status === 429 ? 'rate_limited' : 'invalid'),
  };
}

function bounded(report: ClientMetrics): ClientMetrics {
  const watchedSeconds = Math.min(report.watchedSeconds ?? 0, WATCHED_MAX_SECONDS);
  const frozenSeconds = Math.min(report.frozenSeconds ?? 0, watchedSeconds);
  return { ...report, watchedSeconds, frozenSeconds, freezes: Math.min(report.freezes ?? 0, FREEZES_MAX) };
}

type Observe = (value: number | undefined) => void;

function createHistograms(registry: Registry) {
  const plain = (name: string, help: string, buckets: number[]): Observe => {
    const histogram = new Histogram({ name, help, buckets, registers: [registry] });
    return (value) => value !== undefined && histogram.observe(value);
  };
  const loss = new Histogram({
    name: 'parley_client_loss_ratio',
    help: 'Share of received packets that were lost, by report',
    labelNames: ['kind'],
    buckets: RATIOS,
    registers: [registry],
  });
  const lossOf = (kind: 'audio' | 'video'): Observe => {
    loss.zero({ kind });
    return (value) => value !== undefined && loss.observe({ kind }, value);
  };
  return {
    firstFrameSeconds: plain(
      'parley_client_first_frame_seconds',
      'From Join to the first picture of somebody else',
      FIRST_SECONDS,
    ),
    firstAudioSeconds: plain(
      'parley_client_first_audio_seconds',
      'From Join to the first sound of somebody else',
      FIRST_SECONDS,
    ),
    concealedAudioRatio: plain(
      'parley_client_concealed_audio_ratio',
      'Share of audio samples made up for missing packets, by report',
      RATIOS,
    ),
    roundTripSeconds: plain(
      'parley_client_rtt_seconds',
      'Round trip between browser and media node, by report',
      ROUND_TRIP_SECONDS,
    ),
    receivedHeight: plain(
      'parley_client_received_height_pixels',
      'Lines of the largest received picture, by report',
      HEIGHTS_PIXELS,
    ),
    audioLossRatio: lossOf('audio'),
    videoLossRatio: lossOf('video'),
  };
}

function createCounters(registry: Registry) {
  const registers = [registry];
  const counter = (name: string, help: string) => new Counter({ name, help, registers });
  const freezes = counter('parley_client_freezes_total', 'Times a received picture stood still');
  const frozen = counter('parley_client_frozen_seconds_total', 'Seconds that received pictures stood still');
  const watched = counter(
    'parley_client_watched_seconds_total',
    'Seconds of received pictures, all together',
  );
  const paths = new Counter({
    name: 'parley_client_ice_path_total',
    help: 'Paths to the media node that browsers chose',
    labelNames: ['path'],
    registers,
  });
  const devices = new Counter({
    name: 'parley_client_device_errors_total',
    help: 'Devices that could not be used in a call',
    labelNames: ['device', 'problem'],
    registers,
  });
  const reports = new Counter({
    name: 'parley_client_reports_total',
    help: 'Reports of browsers by how they were answered',
    labelNames: ['outcome'],
    registers,
  });
  const recoveries = new Histogram({
    name: 'parley_client_recovery_seconds',
    help: 'Duration of the steps by which media comes back, by how they ended',
    labelNames: ['step', 'outcome'],
    buckets: RECOVERY_SECONDS,
    registers,
  });
  for (const step of recoveryStepSchema.options)
    for (const outcome of recoveryOutcomeSchema.options) recoveries.zero({ step, outcome });
  for (const path of icePathSchema.options) paths.inc({ path }, 0);
  for (const device of clientDeviceSchema.options)
    for (const problem of deviceProblemSchema.options) devices.inc({ device, problem }, 0);
  for (const outcome of OUTCOMES) reports.inc({ outcome }, 0);
  return {
    report: (report: ClientMetrics) => {
      freezes.inc(report.freezes ?? 0);
      frozen.inc(report.frozenSeconds ?? 0);
      watched.inc(report.watchedSeconds ?? 0);
      if (report.icePath !== undefined) paths.inc({ path: report.icePath });
      for (const { device, problem } of report.deviceErrors ?? []) devices.inc({ device, problem });
      for (const { step, outcome, seconds } of report.recoveries ?? [])
        recoveries.observe({ step, outcome }, seconds);
    },
    answered: (outcome: (typeof OUTCOMES)[number]) => reports.inc({ outcome }),
  };
}

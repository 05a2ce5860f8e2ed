import { summarize } from '../summary.ts';

/** What one server used for one load, in a window of time. */
export type Window = {
  /** Packets that receivers have received, and how many those would be that were sent to them. */
  received: number;
  expected: number;
  serviceNs: number;
  workerNs: number;
  loadNs: number;
  tookMs: number;
  /** How long packets were under way, from the sender's call to the receiver's. */
  p50Ms: number;
  p99Ms: number;
};

/** A load that costs so many times what it did at its best was disturbed, and so was the server. */
const DISTURBED = 1.3;
const NANOSECONDS_PER_MICROSECOND = 1_000;
const PERCENT = 100;

const serverMicroseconds = ({ serviceNs, workerNs, received }: Window): number =>
  (serviceNs + workerNs) / received / NANOSECONDS_PER_MICROSECOND;

const loadMicroseconds = ({ loadNs, received }: Window): number =>
  loadNs / received / NANOSECONDS_PER_MICROSECOND;

/** The share of its core that the load kept busy. */
const loadPercent = ({ loadNs, tookMs }: Window): number => (PERCENT * loadNs) / (tookMs * 1e6);

export const lostPercent = ({ received, expected }: Window): number =>
  Math.max(0, PERCENT * (1 - received / expected));

/** The windows of one server in which its load was not disturbed. */
export function steady(windows: readonly Window[]): Window[] {
  const least = Math.min(...windows.map(loadMicroseconds));
  return windows.filter((window) => loadMicroseconds(window) <= DISTURBED * least);
}

export type Figures = {
  /** Windows that count, of all. */
  kept: number;
  windows: number;
  packetUs: { median: number; min: number };
  /** The part of it that is not in a worker. */
  serviceUs: number;
  p50Ms: number;
  p99Ms: number;
  loadUs: number;
  /** The most of its core that the load used, and the most that was lost. */
  loadPercent: number;
  lostPercent: number;
};

export function figuresOf(windows: readonly Window[]): Figures {
  const kept = steady(windows);
  const median = (read: (window: Window) => number) => summarize(kept.map(read)).median;
  const { min } = summarize(kept.map(serverMicroseconds));
  return {
    kept: kept.length,
    windows: windows.length,
    packetUs: { median: median(serverMicroseconds), min },
    serviceUs: median(({ serviceNs, received }) => serviceNs / received / NANOSECONDS_PER_MICROSECOND),
    p50Ms: median(({ p50Ms }) => p50Ms),
    p99Ms: median(({ p99Ms }) => p99Ms),
    loadUs: median(loadMicroseconds),
    loadPercent: Math.max(...kept.map(loadPercent)),
    lostPercent: Math.max(...kept.map(lostPercent)),
  };
}

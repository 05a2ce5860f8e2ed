import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { percentile, round } from '../summary.ts';
import type { Window } from './gathering.ts';
import { SPREAD_NOTE } from './regions.ts';
import { TALKERS } from './room-cases.ts';
import { lostPercent, spreadPercent } from './tally.ts';

const KIB = 1_024;

export type Talk = {
  viewers: number;
  /** The share of the usual rate at which is sent. */
  scale: number;
  /** Packets of the picture, at the usual rate. */
  picturesPerSecond: number;
};

export type TalkFigures = {
  joinMs: readonly number[];
  window: Window;
  /** What the viewers added, in MiB. */
  memory: { signaling: number; media: number };
  refusals: number;
  /** People on each node. */
  peers: readonly number[];
};

export function describeTalk(
  { viewers, scale, picturesPerSecond }: Talk,
  { joinMs, window: { tally, usage }, memory, refusals, peers }: TalkFigures,
  windowMs: number,
): Report {
  const percentOf = (nanoseconds: number): number => round((100 * nanoseconds) / (usage.tookMs * 1e6), 1);
  const workers = usage.workers.map(percentOf);
  const people = viewers + TALKERS;
  const figures = {
    joinP50Ms: round(percentile(joinMs, 0.5), 1),
    joinP95Ms: round(percentile(joinMs, 0.95), 1),
    packetsPerViewer: round((tally.packets * 1_000) / (usage.tookMs * people * scale), 1),
    complete: tally.complete,
    lostPercent: round(lostPercent(tally), 2),
    refusals,
    signalingKib: round((memory.signaling * KIB) / viewers),
    mediaKib: round((memory.media * KIB) / viewers),
    workersPercent: workers,
    spreadPercent: round(spreadPercent(usage.workers), 1),
    servicesPercent: percentOf(usage.mediaServices),
    signalingPercent: percentOf(usage.signaling),
    loadPercent: percentOf(usage.load),
    peersOfNodes: peers,
  };
  return {
    name: 'talk',
    machine: describeMachine(),
    figures: { viewers, scale: round(scale, 3), ...figures },
    tables: [
      {
        title: `A talk with ${TALKERS} speakers and ${viewers.toLocaleString('en')} viewers`,
        columns: ['', ''],
        rows: [
          ['join, median, ms', figures.joinP50Ms],
          ['join, 95th percentile, ms', figures.joinP95Ms],
          ['streams that were refused', refusals],
          ['packets to one viewer, a second', figures.packetsPerViewer],
          ['people who received all', figures.complete],
          ['lost, %', figures.lostPercent],
          ['memory of signaling for one viewer, KiB', figures.signalingKib],
          ['memory of media nodes for one viewer, KiB', figures.mediaKib],
          ['people on each node', peers.join(', ')],
          ['CPU of each worker, % of a core', workers.join(', ')],
          ['the busiest above the least busy, %', figures.spreadPercent],
          ['media services, % of a core', figures.servicesPercent],
          ['signaling, % of a core', figures.signalingPercent],
          ['clients, % of their core', figures.loadPercent],
        ],
        notes: [
          `One window of ${windowMs / 1_000} s. Speakers take turns, and are silent (DTX) in between; each viewer receives their voices and one picture of ${picturesPerSecond} packets a second. Ten viewers come at a time, and a join is from the first byte of the socket until the node knows the transport. All have real sockets, and real ICE, DTLS and SRTP. ${SPREAD_NOTE}`,
          `Packets are sent at 1/${round(1 / scale)} of the usual rate, because two cores carry servers and clients; packets to a viewer are shown for the whole rate, CPU for the rate of the measurement.`,
        ],
      },
    ],
  };
}

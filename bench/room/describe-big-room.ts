import { describeMachine } from '../machine.ts';
import type { Report } from '../report.ts';
import { round } from '../summary.ts';
import type { Window } from './gathering.ts';
import { SPREAD_NOTE } from './regions.ts';
import { TALKERS, TILES, VOICES } from './room-cases.ts';
import { lostPercent, spreadPercent } from './tally.ts';

const AIM = { spreadPercent: 25, refusals: 0 };

export type BigRoom = {
  people: number;
  cameras: number;
  /** The share of the usual rate at which is sent. */
  scale: number;
  /** `MEDIA_MAX_CONSUMERS_PER_WORKER`. */
  streamsOfWorker: number;
};

/** What one worker did with the same room. */
export type Refused = {
  streams: number;
  /** Pictures that were refused for want of capacity, and those that ended for a voice. */
  pictures: number;
  givenUp: number;
  /** The codes of other refusals. */
  others: readonly string[];
};

export type BigRoomFigures = {
  window: Window;
  refusals: number;
  /** People on each node. */
  peers: readonly number[];
  streams: number;
  refused: Refused;
};

export function describeBigRoom(
  { people, cameras, scale, streamsOfWorker }: BigRoom,
  { window: { tally, usage }, refusals, peers, streams, refused }: BigRoomFigures,
  windowMs: number,
): Report {
  const percentOf = (nanoseconds: number): number => round((100 * nanoseconds) / (usage.tookMs * 1e6), 1);
  const workers = usage.workers.map(percentOf);
  const spread = round(spreadPercent(usage.workers), 1);
  const figures = {
    streams,
    refusals,
    complete: tally.complete,
    lostPercent: round(lostPercent(tally), 2),
    packetsPerSecond: round((tally.packets * 1_000) / usage.tookMs),
    workersPercent: workers,
    spreadPercent: spread,
    servicesPercent: percentOf(usage.mediaServices),
    signalingPercent: percentOf(usage.signaling),
    loadPercent: percentOf(usage.load),
    peersOfNodes: peers,
  };
  return {
    name: 'big-room',
    machine: describeMachine(),
    figures: { aim: AIM, people, cameras, scale: round(scale, 3), twoNodes: figures, oneWorker: refused },
    tables: [
      {
        title: `A room of ${people} people over two media nodes`,
        columns: ['', 'two nodes, two workers each', 'one worker'],
        rows: [
          ['streams that people asked for', streams, refused.streams],
          ['refused', refusals, refused.pictures + refused.others.length],
          ['pictures that ended for a voice', 0, refused.givenUp],
          ['people who received all', tally.complete, ''],
          ['lost, %', figures.lostPercent, ''],
          ['packets to people, a second', figures.packetsPerSecond, ''],
          ['people on each node', peers.join(', '), people],
          ['CPU of each worker, % of a core', workers.join(', '), ''],
          ['the busiest above the least busy, %', spread, ''],
          ['media services, % of a core', figures.servicesPercent, ''],
          ['signaling, % of a core', figures.signalingPercent, ''],
          ['clients, % of their core', figures.loadPercent, ''],
        ],
        notes: [
          `One window of ${windowMs / 1_000} s. ${cameras} of them have a camera and an open microphone, of whom ${TALKERS} talk. Each person looks at ${TILES} pictures in the small layer and receives ${VOICES} voices at most, of which the room forwards those that it chooses. Who received all has received at least nine tenths of each of these pictures and of each voice that talks, by the packets that the senders sent. Real signaling, and real ICE, DTLS and SRTP for each person. ${SPREAD_NOTE} Packets are sent at 1/${round(1 / scale)} of the usual rate (see \`room\`), because two cores carry servers and clients.`,
          `On one worker with the same limit of ${streamsOfWorker.toLocaleString('en')} streams (\`MEDIA_MAX_CONSUMERS_PER_WORKER\`) nothing is sent: it is refused or not before that. Aim: all ${people} receive all over two nodes without a refusal, the CPU of the workers is within ${AIM.spreadPercent} %, and one worker refuses.`,
        ],
      },
    ],
  };
}

import { describeMachine } from '../machine.ts';
import type { Cell, Report, Table } from '../report.ts';
import { round } from '../summary.ts';
import { serverCpu, type Window } from './gathering.ts';
import { LAYERS, SMALL, VOICE, WHOLE } from './rates.ts';
import { TALKERS, VOICES, WAY_TITLES, WAYS, type RoomCase, type Way } from './room-cases.ts';
import { lostPercent } from './tally.ts';

const AIM = { people: 25, timesEverything: 0.25 };
const RTP_HEADER_BYTES = 12;

export type Measured = RoomCase & {
  windows: Partial<Record<Way, Window>>;
  /** Packets that the node says it sent, and those that arrived, in a time of their own. */
  forwarded?: { node: number; receivers: number };
};

/** What one person costs. Packets and bytes are those of the usual rate, CPU is that of the rate of the measurement. */
export type Cost = {
  packetsPerSecond: number;
  kilobitsPerSecond: number;
  /** Percent of a core. */
  cpuPercent: number;
  packetMicroseconds: number;
  lostPercent: number;
  complete: number;
  /** What was sent of the share of the rate that was meant. */
  sentPercent: number;
  /** Percent of the core of the clients. */
  loadPercent: number;
};

/**
 * @param scale The share of the usual rate that was meant. Senders that get too little CPU send less, in each way of receiving another share, so packets are compared by
 *   what cameras did send.
 */
export function costOf(people: number, scale: number, { tally, usage }: Window): Cost {
  const seconds = usage.tookMs / 1_000;
  const sentSeconds = tally.smallPackets / (LAYERS[SMALL]?.packetsPerSecond ?? 1);
  const perPerson = (value: number): number => value / (sentSeconds * people);
  return {
    packetsPerSecond: perPerson(tally.packets),
    kilobitsPerSecond: (perPerson(tally.bytes) * 8) / 1_000,
    cpuPercent: (serverCpu(usage) / (usage.tookMs * 1e6 * people)) * 100,
    packetMicroseconds: serverCpu(usage) / tally.packets / 1_000,
    lostPercent: lostPercent(tally),
    complete: tally.complete,
    sentPercent: (100 * sentSeconds) / (seconds * scale),
    loadPercent: (100 * usage.load) / (usage.tookMs * 1e6),
  };
}

type Ratio = { packets: number; bytes: number; cpu: number };

/** What `one` costs in proportion to `other`. */
export function ratioOf(one: Cost, other: Cost): Ratio {
  return {
    packets: round(one.packetsPerSecond / other.packetsPerSecond, 3),
    bytes: round(one.kilobitsPerSecond / other.kilobitsPerSecond, 3),
    cpu: round(one.cpuPercent / other.cpuPercent, 3),
  };
}

type Room = RoomCase & { costs: Partial<Record<Way, Cost>>; forwarded?: Measured['forwarded'] };

export function describeRooms(measured: readonly Measured[], windowMs: number): Report {
  const rooms = measured.map(({ windows, ...room }): Room => {
    for (const [way, { tally }] of Object.entries(windows))
      if (tally.otherLayers > tally.packets / 100)
        throw new Error(`${room.people} people, ${way}: ${tally.otherLayers} packets were of another layer`);
    const costs = Object.entries(windows).map(([way, window]) => [
      way,
      costOf(room.people, room.scale, window),
    ]);
    return { ...room, costs: Object.fromEntries(costs) as Room['costs'] };
  });
  return {
    name: 'room',
    machine: describeMachine(),
    figures: {
      aim: AIM,
      rooms: rooms.map(({ people, scale, costs, forwarded }) => ({
        people,
        scale: round(scale, 3),
        ...costs,
        ...(forwarded ? { forwarded } : {}),
        ratios: Object.fromEntries(ratiosOf({ costs })),
      })),
    },
    tables: [costTable(rooms, windowMs), ratioTable(rooms)],
  };
}

function ratiosOf({ costs }: Pick<Room, 'costs'>): [Way, Ratio][] {
  const { tiles } = costs;
  if (tiles === undefined) return [];
  const others = WAYS.filter((way) => way !== 'tiles');
  return others.flatMap((way): [Way, Ratio][] => {
    const other = costs[way];
    return other === undefined ? [] : [[way, ratioOf(tiles, other)]];
  });
}

function costTable(rooms: readonly Room[], windowMs: number): Table {
  const rate = (layer: number): string => {
    const { packetsPerSecond, payloadBytes } = LAYERS[layer] ?? VOICE;
    return `${packetsPerSecond} packets of ${payloadBytes + RTP_HEADER_BYTES} bytes`;
  };
  return {
    title: 'What one person of a room costs',
    columns: [
      'people, what each receives',
      'packets a second',
      'kbit/s',
      'share of the rate',
      'sent of that, %',
      'CPU at that share, % of a core',
      'a packet, µs',
      'lost, %',
      'people who received all',
      'clients, % of their core',
    ],
    rows: rooms.flatMap(({ people, scale, costs }) =>
      WAYS.flatMap((way): Cell[][] => {
        const cost = costs[way];
        if (cost === undefined) return [];
        return [
          [
            `${people}, ${WAY_TITLES[way]}`,
            round(cost.packetsPerSecond),
            round(cost.kilobitsPerSecond),
            scale === 1 ? 1 : `1/${round(1 / scale)}`,
            round(cost.sentPercent, 1),
            round(cost.cpuPercent, 3),
            round(cost.packetMicroseconds, 1),
            round(cost.lostPercent, 2),
            cost.complete,
            round(cost.loadPercent),
          ],
        ];
      }),
    ),
    notes: [
      `One window of ${windowMs / 1_000} s of each. Everybody has a camera and an open microphone; ${TALKERS} talk, the others are silent (DTX), and each person receives ${VOICES} voices at most; in the way without DTX all. Real signaling, and real ICE, DTLS and SRTP for each person; one media node with two workers. Packets are counted at the receivers, which also look whether each has the size of the layer that was asked for. CPU is that of signaling and of the media node with its workers; clients are on a core of their own.`,
      `A camera sends what somebody wants of three layers: the smallest is ${rate(SMALL)} a second, the whole picture ${rate(WHOLE)}. Two cores do not carry all-to-all at that rate, and of 200 people (42,200 streams) at none: a worker that makes so many streams does not answer for seconds, and is replaced. All packets of a room, whatever people receive, are sent at the same share of it; packets and bits are shown for the whole rate.`,
      ...rooms.flatMap(({ people, forwarded }) =>
        forwarded === undefined
          ? []
          : [
              `In a time of its own in the room of ${people}, the metrics of the node (\`parley_media_rtp_packets_total\`) counted ${forwarded.node} packets to receivers, and the receivers ${forwarded.receivers}.`,
            ],
      ),
    ],
  };
}

function ratioTable(rooms: readonly Room[]): Table {
  return {
    title: 'Nine tiles beside all-to-all',
    columns: ['people, beside', 'packets, times', 'bytes, times', 'CPU, times'],
    rows: rooms.flatMap((room) =>
      ratiosOf(room).map(([way, { packets, bytes, cpu }]) => [
        `${room.people}, ${WAY_TITLES[way]}`,
        packets,
        bytes,
        cpu,
      ]),
    ),
    notes: [
      `The same people in the same room, one way after the other. Beside every camera in the small layer, what is saved is pictures that nobody looks at; beside the whole pictures, as a server forwards them that chooses no layers, it is also their size. The last way is what a server takes that forwards everything of usual clients: the same pictures, of every camera, and every microphone, which sends 50 packets a second in silence too. Parley's pages send DTX, and its rooms forward the ${VOICES} voices that matter. Aim: at ${AIM.people} people at most ${AIM.timesEverything} times the packets of that. Tiles alone cannot reach it there: each person looks at 9 of 24 others.`,
      'At a small share of the rate CPU has a large part that no packet causes, so its ratio is nearer to 1 than at the whole rate.',
    ],
  };
}

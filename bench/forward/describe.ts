import { describeMachine } from '../machine.ts';
import type { Cell, Report, Table } from '../report.ts';
import { round } from '../summary.ts';
import {
  forwardedPerSecond,
  PACKET_BYTES,
  SERVER_TITLES,
  SERVERS,
  type Case,
  type ServerName,
} from './cases.ts';
import type { Figures } from './windows.ts';

const AIM = { timesBare: 1.03, timesJanus: 0.8, latencyTimesBare: 1.1 };
/** The case that the aim beside Janus is about. */
const JANUS_CASE = '10x50';

export type Measured = {
  case: Case;
  figures: Partial<Record<ServerName, Figures>>;
  /** How long a packet is under way without a server. */
  directMs: number;
};
type Circumstances = { noJanus: string | undefined; windows: number; windowMs: number };

export function describeForwarding(measured: readonly Measured[], circumstances: Circumstances): Report {
  const ratios = measured.map(ratiosOf);
  return {
    name: 'forward',
    machine: describeMachine(),
    figures: {
      aim: AIM,
      cases: Object.fromEntries(
        measured.map(({ case: { name }, figures, directMs }) => [name, { ...figures, directMs }]),
      ),
      ratios: Object.fromEntries(ratios.map(({ name, ...values }) => [name, values])),
      noJanus: circumstances.noJanus ?? '',
    },
    tables: [describeCosts(measured, circumstances), describeRatios(ratios, circumstances)],
  };
}

function describeCosts(measured: readonly Measured[], { windows, windowMs }: Circumstances): Table {
  return {
    title: 'Forwarding one packet',
    columns: [
      'senders x receivers, server',
      'CPU, µs, median',
      'min',
      'of it service, µs',
      'under way p50, ms',
      'p99, ms',
      'added p50, ms',
      'p99, ms',
      'load, µs',
      'load, % of its core',
      'lost, %',
      'windows that count',
    ],
    rows: measured.flatMap(({ case: one, figures, directMs }) =>
      SERVERS.flatMap((name) => {
        const of = figures[name];
        return of === undefined ? [] : [rowOf(`${one.name}, ${SERVER_TITLES[name]}`, of, directMs)];
      }),
    ),
    notes: [
      `Of ${windows} windows of ${windowMs / 1_000} s of each server, in turns with those of the others; the servers are started anew after each second window. CPU of all threads of the service and its worker, on a core of their own. Those who send and receive are on the other core, over ICE, DTLS and SRTP, with packets of ${PACKET_BYTES} bytes: ${measured.map(({ case: one }) => `${one.name} ${forwardedPerSecond(one).toLocaleString('en')}`).join(', ')} forwarded a second. A window in which the load cost more than 1.3 times its least does not count.`,
      `Under way is a packet from the call that sends it to the call that receives it, in one process with one clock. Added is what is above the median of one sender and one receiver without a server between them (${measured.map(({ case: { name }, directMs }) => `${name} ${round(directMs, 2)}`).join(', ')} ms). With many receivers a part of what is added is the load's own: it takes the packets one after the other.`,
    ],
  };
}

function rowOf(title: string, of: Figures, directMs: number): Cell[] {
  return [
    title,
    round(of.packetUs.median, 2),
    round(of.packetUs.min, 2),
    round(of.serviceUs, 2),
    round(of.p50Ms, 2),
    round(of.p99Ms, 2),
    round(of.p50Ms - directMs, 2),
    round(of.p99Ms - directMs, 2),
    round(of.loadUs, 2),
    round(of.loadPercent),
    round(of.lostPercent, 2),
    `${of.kept} of ${of.windows}`,
  ];
}

type Ratios = {
  name: string;
  bare: number;
  bareLeast: number;
  bareP50: number;
  bareP99: number;
  janus?: number;
};

/** The ratios of Parley to the other servers. A ratio is that of the medians unless its name says another figure. */
function ratiosOf({ case: { name }, figures: { parley, bare, janus }, directMs }: Measured): Ratios {
  if (parley === undefined || bare === undefined) throw new Error(`${name} was not measured`);
  return {
    name,
    bare: round(parley.packetUs.median / bare.packetUs.median, 3),
    bareLeast: round(parley.packetUs.min / bare.packetUs.min, 3),
    bareP50: round((parley.p50Ms - directMs) / (bare.p50Ms - directMs), 2),
    bareP99: round((parley.p99Ms - directMs) / (bare.p99Ms - directMs), 2),
    ...(janus ? { janus: round(parley.packetUs.median / janus.packetUs.median, 2) } : {}),
  };
}

function describeRatios(ratios: readonly Ratios[], { noJanus }: Circumstances): Table {
  return {
    title: 'Parley beside the others',
    columns: [
      'times',
      'CPU, of bare mediasoup',
      'its min',
      'added p50, of bare',
      'p99, of bare',
      'CPU, of Janus VideoRoom',
    ],
    rows: ratios.map(({ name, bare, bareLeast, bareP50, bareP99, janus }) => [
      name,
      bare,
      bareLeast,
      bareP50,
      bareP99,
      janus ?? '',
    ]),
    notes: [
      `Ratios of the medians, and of the minima of CPU. Aim: CPU at most ${AIM.timesBare} times that of bare mediasoup, and at most ${AIM.timesJanus} times that of Janus at ${JANUS_CASE}; added latency at most ${AIM.latencyTimesBare} times that of bare mediasoup.`,
      'Bare mediasoup is one process with one worker and one router that makes the same transports, producers and consumers (`bench/forward/bare/`).',
      noJanus === undefined
        ? "Janus is Debian's, with one event loop for all media, ICE lite, and none of its other plugins."
        : `Janus was not measured: ${noJanus.split('\n').join(' ')}`,
    ],
  };
}

import { dashboard, instanceVariable } from './dashboard.mjs';
import { graph, row, stat } from './panels.mjs';
import { inRange, perMinute, quantile, quantiles, rate } from './queries.mjs';
import { goodBelow, goodFrom, redLineAt } from './thresholds.mjs';

/**
 * Selects a metric of the media service at the instances that the viewer picks.
 *
 * @param {string} name
 * @param {string} [labels]
 */
const of = (name, labels = '') => `parley_media_${name}{instance_id=~"$instance"${labels && `, ${labels}`}}`;

/**
 * Sums the newest values of a gauge.
 *
 * @param {string} name
 * @param {string} [by] The labels to keep, separated by commas.
 */
const now = (name, by = '') => `sum${by && ` by (${by})`} (${of(name)})`;

const lowScores = `${rate(of('consumer_score_bucket', 'le="5"'), 'kind')} / clamp_min(${rate(of('consumer_score_count'), 'kind')}, 0.001)`;
const meanScore = `${rate(of('consumer_score_sum'), 'kind')} / ${rate(of('consumer_score_count'), 'kind')}`;
const loss = `${rate(of('rtp_packets_lost_total'), 'kind, direction')} / clamp_min(${rate(of('rtp_packets_total'), 'kind, direction')} + ${rate(of('rtp_packets_lost_total'), 'kind, direction')}, 0.001)`;
const linkLoss = `${rate(of('link_packets_lost_total'), 'kind')} / clamp_min(${rate(of('link_packets_total'), 'kind')} + ${rate(of('link_packets_lost_total'), 'kind')}, 0.001)`;

const panels = [
  stat(
    'Healthy workers',
    'none',
    `sum(${of('workers', 'state="healthy"')})`,
    'Worker processes that run and answer.',
    { thresholds: goodFrom(1) },
  ),
  stat(
    'Rooms',
    'none',
    now('rooms'),
    'Rooms on these nodes. Each has a router for each worker that it uses.',
  ),
  stat('Peers', 'none', now('peers'), 'People whose media is here.'),
  stat('Producers', 'none', now('producers'), 'Microphones, cameras and screens that are sent.'),
  stat(
    'Consumers',
    'none',
    now('consumers'),
    'Streams that are received, paused ones included. Their number is what costs.',
  ),
  stat(
    'Out',
    'bps',
    `${rate(of('rtp_bytes_total', 'direction="out"'))} * 8`,
    'Bits per second to receivers.',
  ),
  stat(
    'Refusals',
    'none',
    inRange(of('admission_refusals_total')),
    'Refused for want of capacity, in the time that is shown.',
    { thresholds: goodBelow(1, 1), decimals: 0 },
  ),
  stat(
    'Deaths of workers',
    'none',
    inRange(of('worker_deaths_total')),
    'Workers that ended without being asked to, in the time that is shown.',
    { thresholds: goodBelow(1, 1), decimals: 0 },
  ),

  row('Load'),
  graph(
    'CPU of workers',
    'percentunit',
    [
      [of('worker_cpu_ratio'), '{{instance_id}} {{worker}}'],
      [`min(${of('worker_cpu_limit_ratio')})`, 'limit'],
    ],
    'Each worker uses one core at most. Above the limit it gets no new rooms.',
    { max: 1 },
  ),
  graph(
    'Rooms, routers and peers',
    'none',
    [
      [now('rooms'), 'rooms'],
      [now('routers'), 'routers'],
      [now('room_routers'), 'routers of rooms'],
      [now('peers'), 'peers'],
    ],
    'What the nodes carry. More routers than rooms: some rooms use several workers.',
  ),
  graph(
    'Producers and consumers',
    'none',
    [
      [now('producers', 'kind'), '{{kind}} producers'],
      [now('consumers', 'kind'), '{{kind}} consumers'],
    ],
    'Streams by kind.',
  ),
  graph(
    'Voices',
    'none',
    [[now('voices', 'state'), '{{state}}']],
    'Open microphones. Of each room so many are forwarded as AUDIO_VOICES says; the others are held back until they are heard.',
    { stack: true },
  ),
  graph(
    'Pipes',
    'none',
    [
      [now('pipes', 'kind, reach'), '{{kind}} {{reach}}'],
      [now('links'), 'links'],
    ],
    'Producers that are forwarded to another worker, because somebody of the same room consumes them there: local on the same node, remote on another one. Links lead to other nodes, and each end counts.',
  ),
  graph(
    'Ports for links',
    'none',
    [[of('free_pipe_ports'), '{{instance_id}}']],
    'Ports of MEDIA_PIPE_PORTS that are left. A node without any gets no people of rooms that are on other nodes.',
    { thresholds: redLineAt(1) },
  ),
  graph(
    'Workers',
    'none',
    [[now('workers', 'state'), '{{state}}']],
    'Worker processes by whether they answer.',
    { stack: true },
  ),
  graph(
    'Deaths of workers',
    'opm',
    [[perMinute(of('worker_deaths_total'), 'cause'), '{{cause}}']],
    'exited: the process ended. frozen: it did not answer and was ended.',
  ),
  graph(
    'Refused for want of capacity',
    'opm',
    [[perMinute(of('admission_refusals_total'), 'thing'), '{{thing}}']],
    'Rooms, peers, voices and pictures that no worker had room for.',
  ),
  graph(
    'Pictures given up',
    'opm',
    [[perMinute(of('pictures_given_up_total')), 'pictures']],
    'Pictures that ended, because a full worker had to forward one more voice.',
  ),

  row('What flows'),
  graph(
    'Bits',
    'bps',
    [[`${rate(of('rtp_bytes_total'), 'kind, direction')} * 8`, '{{kind}} {{direction}}']],
    'In from senders, out to receivers. Retransmissions are left out. Streams are read every 5 s, on a full worker less often.',
  ),
  graph(
    'Packets',
    'pps',
    [[rate(of('rtp_packets_total'), 'kind, direction'), '{{kind}} {{direction}}']],
    'RTP packets, retransmissions left out.',
  ),
  graph(
    'Bits between workers',
    'bps',
    [[`${rate(of('pipe_bytes_total'), 'kind, reach')} * 8`, '{{kind}} {{reach}}']],
    'What pipes forward, with all layers that the senders send: local to workers of the same node, remote to other nodes.',
  ),
  graph(
    'Layers',
    'none',
    [[now('consumers_by_layer', 'layer'), 'layer {{layer}}']],
    'Video consumers by the spatial layer that they get now: 0 is the smallest; none is paused or waiting for a key frame.',
    { stack: true },
  ),

  row('How it arrives'),
  graph(
    'Loss',
    'percentunit',
    [[loss, '{{kind}} {{direction}}']],
    'Share of packets that did not arrive the first time.',
    { thresholds: redLineAt(0.05) },
  ),
  graph(
    'NACK',
    'ops',
    [[rate(of('nacks_total'), 'kind, direction'), '{{kind}} {{direction}}']],
    'Requests to send packets again: in are ours to senders, out are those of receivers.',
  ),
  graph(
    'Key frame requests',
    'ops',
    [[rate(of('key_frame_requests_total'), 'type, direction'), '{{type}} {{direction}}']],
    'PLI and FIR: in are ours to senders, out are those of receivers. Each costs the sender a large picture.',
  ),
  graph(
    'Round trip',
    's',
    quantiles(of('rtt_seconds')),
    'Between node and receivers, of the looks at running consumers.',
  ),
  graph(
    'Loss between nodes',
    'percentunit',
    [[linkLoss, '{{kind}}']],
    'Share of packets to other media nodes that did not arrive the first time. They are sent again.',
    { thresholds: redLineAt(0.05) },
  ),
  graph(
    'Round trip between nodes',
    's',
    quantiles(of('link_rtt_seconds')),
    'Between media nodes that carry producers to each other, of the looks at running pipes.',
  ),
  graph(
    'Bad streams',
    'percentunit',
    [[lowScores, '{{kind}}']],
    'Share of looks at running consumers that found a score of 5 or less out of 10.',
    { max: 1 },
  ),
  graph('Mean score', 'none', [[meanScore, '{{kind}}']], '10 is all that was sent arrived.', { max: 10 }),

  row('Transports'),
  graph(
    'ICE',
    'none',
    [[now('transports_by_ice', 'state'), '{{state}}']],
    'Transports by the state of ICE. Each person has two.',
    { stack: true },
  ),
  graph(
    'DTLS',
    'none',
    [[now('transports_by_dtls', 'state'), '{{state}}']],
    'Transports by the state of DTLS.',
    { stack: true },
  ),
  graph(
    'Paths',
    'none',
    [
      [now('transports_by_path', 'protocol'), '{{protocol}}'],
      [now('transports'), 'all'],
    ],
    'Transports that have a path, by its protocol at the node. A relay looks like any other address here; browsers report it, see Call quality.',
  ),
  graph(
    'Troubles of transports',
    'opm',
    [
      [perMinute(of('ice_disconnects_total')), 'not heard any more'],
      [perMinute(of('dtls_failures_total')), 'DTLS failed'],
    ],
    'Lost paths, and handshakes that failed.',
  ),
  graph(
    'Closed peers',
    'opm',
    [[perMinute(of('peers_closed_total'), 'cause'), '{{cause}}']],
    'closed is who left; room_closed went with the room.',
  ),
  graph(
    'Closed rooms',
    'opm',
    [[perMinute(of('rooms_closed_total'), 'cause'), '{{cause}}']],
    'empty is the usual way; unwatched: no signaling instance looked at it any more.',
  ),

  row('The service'),
  graph(
    'Duration of calls',
    's',
    [
      [
        quantile(
          0.95,
          'parley_grpc_server_call_seconds{service="media", instance_id=~"$instance"}',
          'method',
        ),
        '{{method}}',
      ],
    ],
    '95 of 100 calls from signaling take at most this.',
  ),
  graph(
    'Calls',
    'reqps',
    [
      [
        rate('parley_grpc_server_call_seconds_count{service="media", instance_id=~"$instance"}', 'method'),
        '{{method}}',
      ],
    ],
    'gRPC calls from signaling.',
  ),
  graph(
    'Watched rooms',
    'none',
    [
      [
        'sum by (instance_id) (parley_grpc_server_streams{service="media", instance_id=~"$instance"})',
        '{{instance_id}}',
      ],
    ],
    'Streams on which signaling hears what happens in rooms.',
  ),
];

export const media = dashboard({
  uid: 'parley-media',
  title: 'Parley: Media',
  description: 'The media nodes: load, what flows through them, and how it arrives.',
  variables: [instanceVariable('service="media"')],
  panels,
});

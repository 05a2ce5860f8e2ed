import { dashboard } from './dashboard.mjs';
import { graph, row, stat, states } from './panels.mjs';
import { perMinute, quantile, rate } from './queries.mjs';
import { goodBelow, redLineAt } from './thresholds.mjs';

const UNANSWERED = 'count(up{job="parley"} == 0) or (count(up{job="parley"}) * 0)';

const panels = [
  stat('Silent instances', 'none', UNANSWERED, 'Instances of services that Prometheus gets no answer from.', {
    thresholds: goodBelow(1, 1),
  }),
  stat(
    'Alerts',
    'none',
    'count(ALERTS{alertstate="firing"}) or vector(0)',
    'Alerts that fire now. docs/operations/alerts.md says what each means.',
    { thresholds: goodBelow(1, 3) },
  ),
  stat('Rooms', 'none', 'max(parley_signaling_rooms)', 'Rooms with somebody in them.'),
  stat(
    'People',
    'none',
    'max(parley_signaling_peers)',
    'People in rooms, those who are just reconnecting included.',
  ),
  stat(
    'Join time',
    's',
    'parley:join_seconds:p95_5m',
    'From the request to join to its answer: 95 of 100 take at most this, over five minutes.',
    { thresholds: goodBelow(0.5, 2) },
  ),
  stat(
    'Failed joins',
    'percentunit',
    'parley:join_failures:ratio5m',
    'Share of joins of the last five minutes that failed by our fault.',
    { thresholds: goodBelow(0.01, 0.05), decimals: 1 },
  ),
  stat(
    'First picture',
    's',
    'parley:client_first_frame_seconds:p95_10m',
    'From Join to the first picture of somebody else, as browsers report: 95 of 100 take at most this.',
    { thresholds: goodBelow(1.5, 3) },
  ),
  stat(
    'Busiest worker',
    'percentunit',
    'max(parley_media_worker_cpu_ratio)',
    'CPU of the busiest media worker; 100 % is one core. It takes no new rooms above its limit.',
    { thresholds: goodBelow(0.7, 0.85), decimals: 0 },
  ),

  row('Calls'),
  graph(
    'People and rooms',
    'none',
    [
      ['max(parley_signaling_peers)', 'people'],
      ['max(parley_signaling_rooms)', 'rooms'],
    ],
    'Who is in calls now. All instances of signaling share this number, so the largest is shown.',
  ),
  graph(
    'Joins',
    'opm',
    [
      [perMinute('parley_signaling_joins_total{outcome="ok"}'), 'joined'],
      [perMinute('parley_signaling_joins_total{outcome!="ok"}'), 'refused or failed'],
    ],
    'Attempts to join a room, per minute.',
  ),
  graph(
    'Coming back',
    'opm',
    [
      [perMinute('parley_signaling_resumes_total{outcome="ok"}'), 'came back'],
      [perMinute('parley_signaling_peers_left_total{reason="timed-out"}'), 'did not come back in time'],
    ],
    'People whose connection was lost. A rise of the first is a restart or a network that cuts connections.',
  ),
  graph(
    'Media',
    'bps',
    [['parley:rtp_bits:rate1m', '{{kind}} {{direction}}']],
    'Bits per second through all nodes: in from senders, out to receivers. Retransmissions are left out.',
  ),
  graph(
    'Loss',
    'percentunit',
    [['parley:rtp_loss:ratio1m', '{{kind}} {{direction}}']],
    'Share of packets that did not arrive the first time. Above 5 % pictures freeze.',
    { thresholds: redLineAt(0.05) },
  ),
  graph(
    'CPU of media workers',
    'percentunit',
    [
      ['parley_media_worker_cpu_ratio', '{{instance_id}} {{worker}}'],
      ['min(parley_media_worker_cpu_limit_ratio)', 'limit'],
    ],
    'Each worker uses one core at most. Above the limit it gets no new rooms.',
    { max: 1 },
  ),

  row('Services'),
  states(
    'Answers',
    [['up{job="parley"}', '{{service}} {{instance_id}}']],
    'Whether Prometheus gets an answer from each instance.',
  ),
  states(
    'Ready',
    [['parley_ready', '{{service}} {{instance_id}}: {{check}}']],
    'Whether what each instance needs works.',
  ),
  graph(
    'HTTP requests',
    'reqps',
    [[rate('parley_gateway_http_request_seconds_count', 'status'), '{{status}}']],
    'Requests answered by the gateway, by status.',
    { stack: true },
  ),
  graph(
    'HTTP duration',
    's',
    [[quantile(0.95, 'parley_gateway_http_request_seconds', 'route'), '{{route}}']],
    '95 of 100 requests take at most this, by route.',
  ),
  graph(
    'Calls between services that fail',
    'percentunit',
    [['parley:grpc_errors:ratio5m', 'by {{service}}']],
    'Share of gRPC calls that failed, as the caller saw it.',
  ),
  graph(
    'CPU',
    'percentunit',
    [
      [
        'sum by (service, instance_id) (rate(process_cpu_seconds_total{job="parley"}[1m]))',
        '{{service}} {{instance_id}}',
      ],
    ],
    'Of each process, without the media workers, which are processes of their own.',
  ),
  graph(
    'Memory',
    'bytes',
    [['process_resident_memory_bytes{job="parley"}', '{{service}} {{instance_id}}']],
    'Resident memory of each process, without the media workers.',
  ),
  graph(
    'Event loop lag',
    's',
    [['nodejs_eventloop_lag_p99_seconds{job="parley"}', '{{service}} {{instance_id}}']],
    'How long one in a hundred turns of the event loop kept everything else waiting.',
    { thresholds: redLineAt(0.1) },
  ),
];

export const overview = dashboard({
  uid: 'parley-overview',
  title: 'Parley: Overview',
  description: 'Whether all is well: calls, services, and what needs a closer look.',
  panels,
});

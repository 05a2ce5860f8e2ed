import { dashboard, instanceVariable } from './dashboard.mjs';
import { graph, row, stat } from './panels.mjs';
import { inRange, orNone, perMinute, perMinuteAboveZero, quantile, quantiles, rate } from './queries.mjs';
import { goodBelow, redLineAt } from './thresholds.mjs';

const mine = 'instance_id=~"$instance"';

/**
 * Selects a metric of signaling at the instances that the viewer picks.
 *
 * @param {string} name
 * @param {string} [labels]
 */
const of = (name, labels = '') => `parley_signaling_${name}{${mine}${labels && `, ${labels}`}}`;

const refused = orNone(
  rate(of('request_seconds_count', 'code!="ok"'), 'code'),
  'code',
  of('request_seconds_count'),
);
const grpcRefused = orNone(
  rate('parley_grpc_client_call_seconds_count{service="signaling", code!="ok"}', 'code'),
  'code',
  'parley_grpc_client_call_seconds_count{service="signaling"}',
);

const panels = [
  stat(
    'Rooms',
    'none',
    'max(parley_signaling_rooms)',
    'Rooms with somebody in them, on all instances together.',
  ),
  stat('People', 'none', 'max(parley_signaling_peers)', 'People in rooms, on all instances together.'),
  stat('Sockets', 'none', `sum(${of('sockets')})`, 'Open connections of browsers to these instances.'),
  stat('Joined', 'none', inRange(of('joins_total', 'outcome="ok"')), 'Joins in the time that is shown.', {
    decimals: 0,
  }),
  stat('Join time', 's', quantile(0.95, of('join_seconds')), '95 of 100 joins take at most this.', {
    thresholds: goodBelow(0.5, 2),
  }),
  stat(
    'Request time',
    's',
    quantile(0.95, of('request_seconds')),
    '95 of 100 requests of any kind take at most this.',
    { thresholds: goodBelow(0.1, 0.5) },
  ),
  stat(
    'Came back',
    'none',
    inRange(of('resumes_total', 'outcome="ok"')),
    'Lost connections that came back, in the time that is shown.',
    { decimals: 0 },
  ),
  stat('Chat', 'none', inRange(of('chat_messages_total')), 'Messages in the time that is shown.', {
    decimals: 0,
  }),

  row('People'),
  graph('Sockets', 'none', [[of('sockets'), '{{instance_id}}']], 'Open connections, by instance.', {
    stack: true,
  }),
  graph(
    'Rooms served',
    'none',
    [
      [of('local_rooms'), '{{instance_id}}'],
      [of('rooms_over_nodes'), '{{instance_id}}, on several media nodes'],
    ],
    'Rooms with somebody on this instance, and those of them whose people are on several media nodes. A room may be on several instances.',
  ),
  graph(
    'Left',
    'opm',
    [[perMinute(of('peers_left_total'), 'reason'), '{{reason}}']],
    'timed-out: did not come back after a lost connection. failed: the join did not come to its end.',
  ),

  row('Joining and coming back'),
  graph(
    'Joins by outcome',
    'opm',
    [
      [perMinute(of('joins_total', 'outcome="ok"')), 'ok'],
      [perMinuteAboveZero(of('joins_total', 'outcome!="ok"'), 'outcome'), '{{outcome}}'],
    ],
    'The outcome of each attempt: ok, or the code of the error. Those that do not happen are left out.',
  ),
  graph(
    'Join duration',
    's',
    quantiles(of('join_seconds')),
    'From the request to its answer, with both transports made.',
  ),
  graph(
    'Coming back',
    'opm',
    [
      [perMinute(of('resumes_total', 'outcome="ok"')), 'came back'],
      [perMinute(of('resumes_total', 'outcome!="ok"')), 'refused'],
    ],
    'Attempts to go on after a lost connection.',
  ),
  graph(
    'Time until back',
    's',
    quantiles(of('reconnect_seconds')),
    'From the loss of the connection, as far as it was noticed here, to the return.',
  ),
  graph(
    'Lost media',
    'opm',
    [
      [perMinute(of('media_resets_total'), 'reason'), '{{reason}}'],
      [perMinute(of('media_watches_lost_total')), 'event streams lost'],
    ],
    'Peers that were asked to begin their media again, and event streams of media nodes that broke.',
  ),
  graph(
    'Refused connections',
    'opm',
    [[perMinute(of('connections_refused_total'), 'reason'), '{{reason}}']],
    'Refused before they were accepted: a strange origin, too many of one address, a token that is not good.',
  ),

  row('Requests'),
  graph(
    'Requests',
    'reqps',
    [[rate(of('request_seconds_count'), 'verb'), '{{verb}}']],
    'What browsers ask for over their socket.',
    { stack: true },
  ),
  graph(
    'Duration by verb',
    's',
    [[quantile(0.95, of('request_seconds'), 'verb'), '{{verb}}']],
    '95 of 100 requests take at most this.',
  ),
  graph('Refused requests', 'reqps', [[refused, '{{code}}']], 'By the code of the error.'),
  graph(
    'Chat',
    'opm',
    [[perMinute(of('chat_messages_total'), 'audience'), '{{audience}}']],
    'Messages to everybody and to one person.',
  ),
  graph(
    'Waiting',
    'none',
    [
      [`sum(${of('queued_peers')})`, 'people with a request that runs or waits'],
      [`sum(${of('pending_releases')})`, 'peers that left, media not yet released'],
    ],
    'Both return to 0 when nothing happens.',
  ),
  graph(
    'Event loop lag',
    's',
    [[`nodejs_eventloop_lag_p99_seconds{service="signaling", ${mine}}`, '{{instance_id}}']],
    'How long one in a hundred turns of the event loop kept everything else waiting.',
    { thresholds: redLineAt(0.1) },
  ),

  row('What it needs'),
  graph(
    'Calls to media nodes',
    's',
    [
      [
        quantile(0.95, `parley_grpc_client_call_seconds{service="signaling", ${mine}}`, 'method'),
        '{{method}}',
      ],
    ],
    '95 of 100 gRPC calls take at most this.',
  ),
  graph('Calls to media nodes that fail', 'reqps', [[grpcRefused, '{{code}}']], 'By the code of the error.'),
  graph(
    'PostgreSQL',
    'none',
    [
      [`sum by (state) (parley_postgres_connections{service="signaling", ${mine}})`, '{{state}} connections'],
      [`sum(parley_postgres_waiting_queries{service="signaling", ${mine}})`, 'waiting queries'],
    ],
    'Connections of the pools, and queries that wait for one.',
  ),
  graph(
    'Oldest event of the inbox',
    's',
    [[of('inbox_age_seconds'), '{{instance_id}}']],
    'For how long the oldest event has waited that an instance sent to this one, by instance. The line is where EventsLate begins: people see and hear of others late.',
    { thresholds: redLineAt(2) },
  ),

  row('Gateway'),
  graph(
    'Requests',
    'reqps',
    [[rate('parley_gateway_http_request_seconds_count', 'route'), '{{route}}']],
    'HTTP requests by route.',
    { stack: true },
  ),
  graph(
    'Join tokens',
    'opm',
    [
      [perMinute('parley_gateway_join_authorizations_total{outcome="ok"}'), 'ok'],
      [
        perMinuteAboveZero('parley_gateway_join_authorizations_total{outcome!="ok"}', 'outcome'),
        '{{outcome}}',
      ],
    ],
    'Requests for a join token, by outcome.',
  ),
  graph(
    'Too many requests',
    'opm',
    [[perMinute('parley_gateway_rate_limited_total', 'route'), '{{route}}']],
    'Refused because one client sent too many.',
  ),
];

export const signaling = dashboard({
  uid: 'parley-signaling',
  title: 'Parley: Signaling',
  description: 'Joining, coming back, requests, and the gateway before it.',
  variables: [instanceVariable('service="signaling"')],
  panels,
});

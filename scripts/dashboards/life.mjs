import { dashboard, textVariable } from './dashboard.mjs';
import { bars, graph, row, text } from './panels.mjs';
import { inRange, perMinute, perMinuteAboveZero, quantile } from './queries.mjs';

/** @typedef {import('./queries.mjs').Query} Query */

/** @type {readonly Query[]} */
const STAGES = [
  [inRange('parley_gateway_join_authorizations_total{outcome="ok"}'), '1 got a join token'],
  [inRange('parley_signaling_joins_total{outcome="ok"}'), '2 joined'],
  [inRange('parley_client_first_audio_seconds_count'), '3 heard somebody (of those asked)'],
  [inRange('parley_client_first_frame_seconds_count'), '4 saw somebody (of those asked)'],
  [inRange('parley_signaling_resumes_total{outcome="ok"}'), '5 came back after a lost connection'],
  [inRange('parley_signaling_peers_left_total{reason="left"}'), '6 left'],
  [inRange('parley_signaling_peers_left_total{reason!="left"}'), '6 were lost'],
];

/** @type {readonly Query[]} */
const TIMES = [
  [quantile(0.95, 'parley_gateway_http_request_seconds{route="/api/rooms/{code}/join"}'), '1 join token'],
  [quantile(0.95, 'parley_signaling_join_seconds'), '2 join'],
  [
    quantile(0.95, 'parley_grpc_server_call_seconds{method="MediaService/OpenPeer"}'),
    '2 join: both transports made',
  ],
  [quantile(0.95, 'parley_client_first_audio_seconds'), '3 first sound, since Join'],
  [quantile(0.95, 'parley_client_first_frame_seconds'), '4 first picture, since Join'],
  [quantile(0.95, 'parley_signaling_reconnect_seconds'), '5 time until back'],
];

const FOLLOW = `Metrics know no rooms and no people. **One** call is in the logs: put its trace id into the field above and open
[its lines in the log viewer](\${logs}?order=oldest&trace=\${trace}).

A trace id is made in the browser for each join. It is shown with every error message, and at the end of each line of the
log viewer. [The newest joins](\${logs}?q=%22peer+joined%22) are a place to begin.

The lines of a join come in this order: browser, gateway (*join authorised*), signaling (*peer joined*), media (*peer opened*,
*producer opened*), and at the end *peer left*.`;

const panels = [
  bars(
    'How far people come',
    'none',
    STAGES,
    'Of the time that is shown. Stages 3 and 4 come from the sample of browsers that report their figures.',
    { w: 14, h: 10 },
  ),
  text('One single call', FOLLOW, { w: 10, h: 10 }),
  graph(
    'How long each stage takes',
    's',
    TIMES,
    '95 of 100 people take at most this. The first picture contains all stages before it.',
    { w: 24, h: 9 },
  ),

  row('1 Join token'),
  graph(
    'Join tokens',
    'opm',
    [
      [perMinute('parley_gateway_join_authorizations_total{outcome="ok"}'), 'given'],
      [
        perMinuteAboveZero('parley_gateway_join_authorizations_total{outcome!="ok"}', 'outcome'),
        '{{outcome}}',
      ],
    ],
    'The gateway asks signaling whether somebody may join.',
    { w: 12 },
  ),
  graph(
    'Its time',
    's',
    [
      [quantile(0.5, 'parley_gateway_http_request_seconds{route="/api/rooms/{code}/join"}'), 'half'],
      [quantile(0.95, 'parley_gateway_http_request_seconds{route="/api/rooms/{code}/join"}'), '95 of 100'],
    ],
    'Duration of that HTTP request.',
    { w: 12 },
  ),

  row('2 Join'),
  graph(
    'Joins',
    'opm',
    [
      [perMinute('parley_signaling_joins_total{outcome="ok"}'), 'joined'],
      [perMinuteAboveZero('parley_signaling_joins_total{outcome!="ok"}', 'outcome'), '{{outcome}}'],
    ],
    'The socket is open and the browser asks to join.',
    { w: 12 },
  ),
  graph(
    'Its time',
    's',
    [
      [quantile(0.5, 'parley_signaling_join_seconds'), 'half'],
      [quantile(0.95, 'parley_signaling_join_seconds'), '95 of 100'],
    ],
    'From the request to join to its answer.',
    { w: 12 },
  ),

  row('3 and 4 Media'),
  graph(
    'Transports',
    'none',
    [
      ['sum by (state) (parley_media_transports_by_ice)', 'ICE {{state}}'],
      ['sum by (state) (parley_media_transports_by_dtls{state=~"connecting|failed"})', 'DTLS {{state}}'],
    ],
    'new and connecting are on their way; many of them for long mean that browsers do not reach the node.',
  ),
  graph(
    'Streams',
    'none',
    [
      ['sum by (kind) (parley_media_producers)', '{{kind}} sent'],
      ['sum by (kind) (parley_media_consumers)', '{{kind}} received'],
    ],
    'Producers and consumers.',
  ),
  graph(
    'First sound and picture',
    's',
    [
      [quantile(0.5, 'parley_client_first_audio_seconds'), 'sound, half'],
      [quantile(0.5, 'parley_client_first_frame_seconds'), 'picture, half'],
      [quantile(0.95, 'parley_client_first_frame_seconds'), 'picture, 95 of 100'],
    ],
    'Since Join was pressed.',
  ),

  row('5 Reconnecting'),
  graph(
    'Coming back',
    'opm',
    [
      [perMinute('parley_signaling_resumes_total{outcome="ok"}'), 'came back'],
      [perMinuteAboveZero('parley_signaling_resumes_total{outcome!="ok"}', 'outcome'), '{{outcome}}'],
    ],
    'Sound and picture go on meanwhile.',
  ),
  graph(
    'Time until back',
    's',
    [
      [quantile(0.5, 'parley_signaling_reconnect_seconds'), 'half'],
      [quantile(0.95, 'parley_signaling_reconnect_seconds'), '95 of 100'],
    ],
    'From the loss of the socket to the return.',
  ),
  graph(
    'Media begun again',
    'opm',
    [
      [perMinute('parley_signaling_media_resets_total', 'reason'), '{{reason}}'],
      [perMinute('parley_media_ice_disconnects_total'), 'transport not heard any more'],
    ],
    'A gap of some seconds in sound and picture.',
  ),

  row('6 The end'),
  graph(
    'Left',
    'opm',
    [[perMinute('parley_signaling_peers_left_total', 'reason'), '{{reason}}']],
    'How people leave: on their own, or lost.',
    { w: 12 },
  ),
  graph(
    'Closed at the media node',
    'opm',
    [[perMinute('parley_media_peers_closed_total', 'cause'), '{{cause}}']],
    'Why their media was closed.',
    { w: 12 },
  ),
];

export const life = dashboard({
  uid: 'parley-life',
  title: 'Parley: One call’s life',
  description:
    'The way from the join token to the end, stage by stage, and from there to the log lines of one call.',
  variables: [textVariable('trace', 'Trace id', ''), textVariable('logs', 'Log viewer', '/logs/')],
  links: [
    {
      title: 'This trace in the log viewer',
      type: 'link',
      url: '${logs}?order=oldest&trace=${trace}',
      icon: 'doc',
      targetBlank: true,
      tooltip: 'All log lines of one join, in order',
      tags: [],
      asDropdown: false,
      includeVars: false,
      keepTime: false,
    },
  ],
  panels,
});

import { dashboard } from './dashboard.mjs';
import { graph, row, stat } from './panels.mjs';
import { inRange, perMinute, quantile, quantiles, rate } from './queries.mjs';
import { goodBelow, redLineAt } from './thresholds.mjs';

/**
 * Selects a metric that browsers report.
 *
 * @param {string} name
 * @param {string} [labels]
 */
const of = (name, labels = '') => `parley_client_${name}${labels && `{${labels}}`}`;

const freezesPerHour = `${rate(of('freezes_total'))} / clamp_min(${rate(of('watched_seconds_total'))}, 0.001) * 3600`;
const relayed = `${inRange(of('ice_path_total', 'path=~"relay_.*"'))} / clamp_min(${inRange(of('ice_path_total'))}, 0.001)`;
const notUdp = `${inRange(of('ice_path_total', 'path!="udp"'))} / clamp_min(${inRange(of('ice_path_total'))}, 0.001)`;

const panels = [
  stat(
    'First picture',
    's',
    'parley:client_first_frame_seconds:p95_10m',
    'From Join to the first picture of somebody else: 95 of 100 take at most this.',
    { thresholds: goodBelow(1.5, 3) },
  ),
  stat(
    'First sound',
    's',
    quantile(0.95, of('first_audio_seconds')),
    'From Join to the first sound of somebody else: 95 of 100 take at most this.',
    { thresholds: goodBelow(1.5, 3) },
  ),
  stat(
    'Pictures that stand still',
    'percentunit',
    'parley:client_frozen:ratio10m',
    'Share of the watched time, over ten minutes.',
    { thresholds: goodBelow(0.01, 0.03), decimals: 2 },
  ),
  stat(
    'Made-up sound',
    'percentunit',
    quantile(0.95, of('concealed_audio_ratio')),
    'Share of samples that were made up for missing packets: at most this in 95 of 100 reports.',
    { thresholds: goodBelow(0.02, 0.1), decimals: 1 },
  ),
  stat(
    'Round trip',
    's',
    quantile(0.95, of('rtt_seconds')),
    'Between browser and node: at most this in 95 of 100 reports.',
    { thresholds: goodBelow(0.2, 0.4) },
  ),
  stat(
    'Not over UDP',
    'percentunit',
    notUdp,
    'Share of paths over TCP or a relay, in the time that is shown.',
    { thresholds: goodBelow(0.2, 0.5), decimals: 0 },
  ),
  stat(
    'Device errors',
    'none',
    inRange(of('device_errors_total')),
    'Cameras, microphones and the like that could not be used, in the time that is shown.',
    { decimals: 0 },
  ),
  stat(
    'Reports',
    'none',
    inRange(of('reports_total', 'outcome="accepted"')),
    'Reports of browsers in the time that is shown. Only a sample of the people is asked.',
    { decimals: 0 },
  ),

  row('The beginning'),
  graph(
    'First picture',
    's',
    quantiles(of('first_frame_seconds')),
    'From pressing Join to the first picture of somebody else.',
  ),
  graph(
    'First sound',
    's',
    quantiles(of('first_audio_seconds')),
    'From pressing Join to the first sound of somebody else.',
  ),
  graph(
    'Paths',
    'opm',
    [[perMinute(of('ice_path_total'), 'path'), '{{path}}']],
    'How browsers reach the media node: directly over UDP or TCP, or by a relay.',
    { stack: true },
  ),

  row('Pictures'),
  graph(
    'Standing still',
    'percentunit',
    [['parley:client_frozen:ratio10m', 'of the watched time']],
    'Share of the time in which received pictures did not move.',
    { thresholds: redLineAt(0.03) },
  ),
  graph(
    'Freezes',
    'none',
    [[freezesPerHour, 'in an hour of watching one picture']],
    'How often a picture stood still.',
  ),
  graph(
    'Lines of the largest picture',
    'none',
    [
      [quantile(0.5, of('received_height_pixels')), 'half'],
      [quantile(0.05, of('received_height_pixels')), '5 of 100'],
    ],
    'At most so many lines in half of the reports, and in the worst.',
  ),
  graph(
    'Layers',
    'none',
    [['sum by (layer) (parley_media_consumers_by_layer)', 'layer {{layer}}']],
    'What the nodes send, by spatial layer: 0 is the smallest.',
    { stack: true },
  ),

  row('Network'),
  graph(
    'Loss at browsers',
    'percentunit',
    [[quantile(0.95, of('loss_ratio'), 'kind'), '{{kind}}']],
    'Share of received packets that were lost: at most this in 95 of 100 reports.',
  ),
  graph(
    'Loss at the nodes',
    'percentunit',
    [['parley:rtp_loss:ratio1m', '{{kind}} {{direction}}']],
    'in: lost before they reached the node. out: on the way to receivers.',
  ),
  graph(
    'Made-up sound',
    'percentunit',
    quantiles(of('concealed_audio_ratio')),
    'Share of samples that were made up for missing packets, by report.',
  ),
  graph('Round trip at browsers', 's', quantiles(of('rtt_seconds')), 'As browsers report it.'),
  graph('Round trip at the nodes', 's', quantiles('parley_media_rtt_seconds'), 'As the nodes measure it.'),
  graph(
    'Bad streams',
    'percentunit',
    [['parley:consumer_score_low:ratio5m', '{{kind}}']],
    'Share of looks at running consumers with a score of 5 or less out of 10.',
    { max: 1 },
  ),

  row('People and their devices'),
  graph(
    'Device errors',
    'opm',
    [[perMinute(of('device_errors_total'), 'device'), '{{device}}']],
    'By device.',
  ),
  graph(
    'Device errors by problem',
    'opm',
    [[perMinute(of('device_errors_total'), 'problem'), '{{problem}}']],
    'By what was wrong.',
  ),
  graph(
    'Reports',
    'opm',
    [[perMinute(of('reports_total'), 'outcome'), '{{outcome}}']],
    'Reports of browsers, by how they were answered.',
  ),
  graph(
    'Relayed',
    'percentunit',
    [[relayed, 'by a relay']],
    'Share of paths by a TURN relay, in the time that is shown.',
    { max: 1 },
  ),
];

export const quality = dashboard({
  uid: 'parley-quality',
  title: 'Parley: Call quality',
  description: 'What people see and hear, as their browsers and the nodes report it.',
  panels,
});

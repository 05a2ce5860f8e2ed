import type { ClientMetrics, IcePath } from '@parley/proto/rest';
import { grown, matchReceived, sum, type Pair } from './stat-pairs.ts';
import { selectedPair, type Stat } from './statistics.ts';

/** The statistics of both transports at one moment. */
export type QualitySnapshot = {
  /** Milliseconds of any clock that both snapshots share. */
  at: number;
  sent: readonly Stat[];
  received: readonly Stat[];
  /**
   * Each stream that is received and not paused, by its `mid`, with a number that grows when it goes on after a pause. A browser takes the
   * pause for a freeze, which is no fault.
   */
  runs: ReadonlyMap<string, number>;
};

type Numbers = Omit<
  ClientMetrics,
  'firstFrameSeconds' | 'firstAudioSeconds' | 'deviceErrors' | 'icePath' | 'recoveries'
>;

/** The quality between two snapshots. A value that cannot be computed is left out. */
export function reportQuality(before: QualitySnapshot, now: QualitySnapshot): Numbers {
  const seconds = (now.at - before.at) / 1000;
  const pairs = matchReceived(before, now);
  const audio = pairs.filter((pair) => pair.now.kind === 'audio');
  const video = pairs.filter((pair) => pair.now.kind === 'video');
  return withoutUndefined({
    ...(seconds > 0 ? watching(video, seconds) : {}),
    concealedAudioRatio: concealedRatio(audio),
    audioLossRatio: lossRatio(audio),
    videoLossRatio: lossRatio(video),
    roundTripSeconds: roundTrip(now),
    receivedHeight: largestHeight(video),
  });
}

/** The path of media: directly over UDP or TCP, or to a relay over UDP or TCP. */
export function readIcePath({ received, sent }: QualitySnapshot): IcePath | undefined {
  const local = (selectedPair(received) ?? selectedPair(sent))?.local;
  if (local === undefined) return undefined;
  if (local.candidateType === 'relay') return local.relayProtocol === 'udp' ? 'relay_udp' : 'relay_tcp';
  if (local.protocol === 'udp' || local.protocol === 'tcp') return local.protocol;
  return undefined;
}

function watching(video: readonly Pair[], seconds: number): Numbers {
  return {
    watchedSeconds: video.length * seconds,
    freezes: sum(video, 'freezeCount'),
    // A pause between the snapshots counts as a freeze, which may be longer than the time between them.
    frozenSeconds: video.reduce(
      (total, pair) => total + Math.min(seconds, grown(pair, 'totalFreezesDuration')),
      0,
    ),
  };
}

/** Silence that the browser inserted while the peer did not speak is no fault. */
function concealedRatio(audio: readonly Pair[]): number | undefined {
  const concealed = Math.max(0, sum(audio, 'concealedSamples') - sum(audio, 'silentConcealedSamples'));
  return ratio(concealed, sum(audio, 'totalSamplesReceived'));
}

function lossRatio(pairs: readonly Pair[]): number | undefined {
  const lost = sum(pairs, 'packetsLost');
  return ratio(lost, lost + sum(pairs, 'packetsReceived'));
}

function roundTrip({ received, sent }: QualitySnapshot): number | undefined {
  const seconds = (selectedPair(received) ?? selectedPair(sent))?.stat.currentRoundTripTime;
  return seconds === undefined ? undefined : Math.min(60, Math.max(0, seconds));
}

function largestHeight(video: readonly Pair[]): number | undefined {
  const heights = video.map(({ now }) => now.frameHeight ?? 0);
  const largest = Math.max(0, ...heights);
  return largest > 0 ? largest : undefined;
}

function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.min(1, part / whole) : undefined;
}

function withoutUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

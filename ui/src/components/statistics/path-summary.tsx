import type { CallStatistics } from '../../call/index.ts';
import { bitrate, milliseconds } from '../../format/measures.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { Words } from '../../languages/words.ts';
import { Fact } from './fact.tsx';

/** How media travel from a candidate of ICE. */
const WAYS: Partial<Record<string, 'direct' | 'router' | 'relay'>> = {
  host: 'direct',
  srflx: 'router',
  prflx: 'router',
  relay: 'relay',
};

/** The path of the media: round trip time, bitrate that can be sent, and kind of path. */
export function PathSummary({ statistics }: { statistics: CallStatistics }) {
  const words = useWords();
  const { t } = words;
  const { path, roundTripMs, availableOutgoingBitrate } = statistics;
  return (
    <dl className="grid grid-cols-3 gap-3 rounded-xl bg-raised p-3">
      <Fact name={t('statistics.roundTrip')} value={milliseconds(words, roundTripMs)} />
      <Fact name={t('statistics.canSend')} value={bitrate(words, availableOutgoingBitrate)} />
      <Fact name={t('statistics.path.name')} value={pathWords(words, path)} />
    </dl>
  );
}

function pathWords({ t }: Words, { protocol, local }: CallStatistics['path']): string {
  if (protocol === null) return '–';
  const name = protocol.toUpperCase();
  if (local === null) return name;
  const known = WAYS[local];
  const way = known === undefined ? local : t(`statistics.path.${known}`);
  return t('statistics.path.protocolAndWay', { protocol: name, way });
}

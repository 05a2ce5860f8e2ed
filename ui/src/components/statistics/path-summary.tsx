import type { CallStatistics } from '../../call/index.ts';
import { bitrate, milliseconds } from '../../format/measures.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Fact } from './fact.tsx';

const CANDIDATES: Record<string, string> = {
  host: 'direct',
  srflx: 'through a router',
  prflx: 'through a router',
  relay: 'through a relay',
};

/** The path of the media: round trip time, bitrate that can be sent, and kind of path. */
export function PathSummary({ statistics }: { statistics: CallStatistics }) {
  const words = useWords();
  const { path, roundTripMs, availableOutgoingBitrate } = statistics;
  const way = path.local === null ? null : (CANDIDATES[path.local] ?? path.local);
  return (
    <dl className="grid grid-cols-3 gap-3 rounded-xl bg-raised p-3">
      <Fact name="Round trip" value={milliseconds(words, roundTripMs)} />
      <Fact name="Can send" value={bitrate(words, availableOutgoingBitrate)} />
      <Fact
        name="Path"
        value={
          path.protocol === null ? '–' : `${path.protocol.toUpperCase()}${way === null ? '' : `, ${way}`}`
        }
      />
    </dl>
  );
}

import type { PeerId } from '@parley/proto/ids';
import type { StreamLayers, StreamStatistics } from '../../call/telemetry/statistics.ts';
import { bitrate, milliseconds, resolution, percent } from '../../format/measures.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { Words } from '../../languages/words.ts';
import { Fact } from './fact.tsx';

type StreamTableProps = {
  title: string;
  streams: readonly StreamStatistics[];
  names: ReadonlyMap<PeerId, string>;
};

export function StreamTable({ title, streams, names }: StreamTableProps) {
  const { t } = useWords();
  if (streams.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="text-xs font-medium text-ink-faint">{title}</h3>
      <ul className="mt-1 divide-y divide-line">
        {streams.map((stream) => (
          <StreamItem
            key={stream.id}
            stream={stream}
            name={names.get(stream.peerId) ?? t('statistics.gone')}
          />
        ))}
      </ul>
    </section>
  );
}

function StreamItem({ stream, name }: { stream: StreamStatistics; name: string }) {
  const words = useWords();
  const { t } = words;
  const isVideo = stream.source === 'camera' || stream.source === 'screen';
  return (
    <li data-testid="stream" className="py-2.5">
      <p className="flex justify-between gap-3 text-sm">
        <bdi className="truncate font-medium">{name}</bdi>
        <span className="shrink-0 text-ink-soft">{sourceWords(words, stream)}</span>
      </p>
      <dl className="mt-1.5 grid grid-cols-3 gap-x-3 gap-y-1.5">
        <Fact name={t('statistics.bitrate')} value={bitrate(words, stream.bitrate)} />
        <Fact name={t('statistics.loss')} value={percent(words, stream.loss)} />
        <Fact
          name={t(stream.roundTripMs === null ? 'statistics.jitter' : 'statistics.roundTrip')}
          value={milliseconds(words, stream.roundTripMs ?? stream.jitterMs)}
        />
        {isVideo ? (
          <Fact
            wide
            name={t('statistics.picture')}
            value={resolution(words, stream.width, stream.height, stream.framesPerSecond)}
          />
        ) : null}
        {stream.layers === null ? null : (
          <Fact name={t('statistics.layers.name')} value={layersWords(words, stream.layers)} />
        )}
      </dl>
    </li>
  );
}

function sourceWords({ t }: Words, { source: id, codec }: StreamStatistics): string {
  const source = t(`statistics.sources.${id}`);
  return codec === null ? source : t('statistics.sourceAndCodec', { source, codec });
}

/** `2 of 3` of those that are sent, `s1 t2` for that which is received. */
function layersWords({ t }: Words, layers: StreamLayers): string {
  return 'running' in layers
    ? t('statistics.layers.running', layers)
    : `s${layers.spatial} t${layers.temporal}`;
}

import type { PeerId, Source } from '@parley/proto';
import type { StreamStatistics } from '../../call/telemetry/statistics.ts';
import { bitrate, milliseconds, resolution, percent } from '../../format/measures.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Fact } from './fact.tsx';

const SOURCES: Record<Source, string> = {
  microphone: 'Microphone',
  camera: 'Camera',
  screen: 'Screen',
  'screen-audio': 'Screen sound',
};

type StreamTableProps = {
  title: string;
  streams: readonly StreamStatistics[];
  names: ReadonlyMap<PeerId, string>;
};

export function StreamTable({ title, streams, names }: StreamTableProps) {
  if (streams.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="text-xs font-medium text-ink-faint">{title}</h3>
      <ul className="mt-1 divide-y divide-line">
        {streams.map((stream) => (
          <StreamItem key={stream.id} stream={stream} name={names.get(stream.peerId) ?? 'Someone who left'} />
        ))}
      </ul>
    </section>
  );
}

function StreamItem({ stream, name }: { stream: StreamStatistics; name: string }) {
  const words = useWords();
  const isVideo = stream.source === 'camera' || stream.source === 'screen';
  return (
    <li data-testid="stream" className="py-2.5">
      <p className="flex justify-between gap-3 text-sm">
        <bdi className="truncate font-medium">{name}</bdi>
        <span className="shrink-0 text-ink-soft">
          {stream.codec === null ? SOURCES[stream.source] : `${SOURCES[stream.source]}, ${stream.codec}`}
        </span>
      </p>
      <dl className="mt-1.5 grid grid-cols-3 gap-x-3 gap-y-1.5">
        <Fact name="Bitrate" value={bitrate(words, stream.bitrate)} />
        <Fact name="Loss" value={percent(words, stream.loss)} />
        <Fact
          name={stream.roundTripMs === null ? 'Jitter' : 'Round trip'}
          value={milliseconds(words, stream.roundTripMs ?? stream.jitterMs)}
        />
        {isVideo ? (
          <Fact
            wide
            name="Picture"
            value={resolution(words, stream.width, stream.height, stream.framesPerSecond)}
          />
        ) : null}
        {stream.layers === null ? null : <Fact name="Layers" value={stream.layers} />}
      </dl>
    </li>
  );
}

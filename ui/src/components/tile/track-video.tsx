'use client';

import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { pagePlayback } from '../../call/playback/playback.ts';
import type { PictureFit } from '../../layout/picture-fit.ts';
import type { Size } from '../../layout/rect.ts';
import { cn } from '../basics/cn.ts';

type TrackVideoProps = {
  track: MediaStreamTrack;
  label: string;
  mirrored?: boolean;
  fit?: PictureFit;
  /** Called with the first frame. */
  onShown?: () => void;
  /** Called with the size of the picture, and again when it changes, as when a phone is turned. */
  onShape?: (shape: Size) => void;
  className?: string;
};

/**
 * Shows a video track without sound; the call plays the sound itself. Fades in with the first frame, so that nothing flashes black. When another
 * track follows, the one before stays until the new one has a frame. Its parent is positioned.
 */
export function TrackVideo(props: TrackVideoProps) {
  const { track, onShown } = props;
  const [shown, setShown] = useState<MediaStreamTrack | null>(null);
  const tracks = shown === null || shown === track ? [track] : [shown, track];
  return tracks.map((one) => (
    <OneVideo
      {...props}
      key={one.id}
      track={one}
      look={one === shown ? 'shown' : shown === null ? 'first' : 'next'}
      onShown={() => {
        if (one === track) setShown(one);
        onShown?.();
      }}
    />
  ));
}

/** `next`: waits for its first frame over the picture before. */
type Look = 'first' | 'shown' | 'next';
const LOOKS: Record<Look, string> = {
  first: 'opacity-0',
  shown: 'opacity-100',
  next: 'invisible absolute inset-0',
};

function OneVideo({
  track,
  label,
  mirrored = false,
  fit = 'cover',
  look,
  onShown,
  onShape,
  className,
}: TrackVideoProps & { look: Look; onShown: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = new MediaStream([track]);
    const release = pagePlayback.keep(element);
    return () => {
      release();
      element.srcObject = null;
    };
  }, [track]);
  const reportShape = ({ currentTarget: { videoWidth, videoHeight } }: SyntheticEvent<HTMLVideoElement>) => {
    if (videoWidth > 0 && videoHeight > 0) onShape?.({ width: videoWidth, height: videoHeight });
  };
  return (
    <video
      ref={video}
      aria-label={label}
      autoPlay
      playsInline
      muted
      onLoadedMetadata={reportShape}
      onResize={reportShape}
      onLoadedData={onShown}
      className={cn(
        'size-full transition-opacity duration-200',
        fit === 'cover' ? 'object-cover' : 'object-contain whole-picture',
        mirrored && '-scale-x-100',
        className,
        LOOKS[look],
      )}
    />
  );
}

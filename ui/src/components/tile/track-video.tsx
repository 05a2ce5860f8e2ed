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

/** Shows a video track without sound; the call plays the sound itself. Fades in with the first frame, so that nothing flashes black. */
export function TrackVideo({
  track,
  label,
  mirrored = false,
  fit = 'cover',
  onShown,
  onShape,
  className,
}: TrackVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [shownTrack, setShownTrack] = useState<MediaStreamTrack | null>(null);
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
      onLoadedData={() => {
        setShownTrack(track);
        onShown?.();
      }}
      className={cn(
        'size-full transition-opacity duration-200',
        fit === 'cover' ? 'object-cover' : 'object-contain whole-picture',
        mirrored && '-scale-x-100',
        shownTrack === track ? 'opacity-100' : 'opacity-0',
        className,
      )}
    />
  );
}

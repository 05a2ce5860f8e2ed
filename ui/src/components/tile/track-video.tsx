'use client';

import { useEffect, useRef, useState } from 'react';
import { cn } from '../basics/cn.ts';

type TrackVideoProps = {
  track: MediaStreamTrack;
  label: string;
  mirrored?: boolean;
  fit?: 'cover' | 'contain';
  /** Called with the first frame. */
  onShown?: () => void;
  className?: string;
};

/** Shows a video track without sound; the call plays the sound itself. Fades in with the first frame, so that nothing flashes black. */
export function TrackVideo({
  track,
  label,
  mirrored = false,
  fit = 'cover',
  onShown,
  className,
}: TrackVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [shownTrack, setShownTrack] = useState<MediaStreamTrack | null>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = new MediaStream([track]);
    // A browser that refuses autoplay starts muted video with the next press, so there is nothing to show.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={video}
      aria-label={label}
      autoPlay
      playsInline
      muted
      onLoadedData={() => {
        setShownTrack(track);
        onShown?.();
      }}
      className={cn(
        'size-full transition-opacity duration-200',
        fit === 'cover' ? 'object-cover' : 'object-contain',
        mirrored && '-scale-x-100',
        shownTrack === track ? 'opacity-100' : 'opacity-0',
        className,
      )}
    />
  );
}

'use client';

import { useEffect, useRef, useState } from 'react';
import { cn } from '../basics/cn.ts';

type TrackVideoProps = {
  track: MediaStreamTrack;
  label: string;
  mirrored?: boolean;
  fit?: 'cover' | 'contain';
  /** Its first frame is there. */
  onShown?: () => void;
  className?: string;
};

/** Shows a video track, muted: sound has its own way. Fades in with the first frame, so that nothing flashes black. */
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
    // Browsers that refuse autoplay start muted video at the next gesture; there is nothing to tell the person.
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

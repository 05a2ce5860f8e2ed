'use client';

import { useEffect, useState } from 'react';
import { TrackLevel } from '../../call/devices/track-level.ts';

/** Reads how loud the track is now, 0 to 1. */
export function useTrackLevel(track: MediaStreamTrack | null): () => number {
  const [level] = useState(() => new TrackLevel());
  useEffect(() => {
    level.follow(track);
    return () => level.follow(null);
  }, [level, track]);
  return level.read;
}

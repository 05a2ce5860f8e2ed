import type { PeerId, Source } from '@parley/proto';

/** One picture the UI shows now, in device pixels. What is not listed is not received. */
export type Picture = {
  peerId: PeerId;
  source: Extract<Source, 'camera' | 'screen'>;
  width: number;
  height: number;
  /** Pinned, dominant or enlarged pictures keep their quality longest when the downlink is short. */
  important: boolean;
};

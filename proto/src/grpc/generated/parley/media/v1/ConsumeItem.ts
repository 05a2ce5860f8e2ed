// Original file: proto/parley/media/v1/media.proto

import type { PreferredLayersInput as _parley_media_v1_PreferredLayersInput, PreferredLayers as _parley_media_v1_PreferredLayers } from '../../../parley/media/v1/PreferredLayers.ts';

export interface ConsumeItemInput {
  'producerId'?: (string);
  'preferredLayers'?: (_parley_media_v1_PreferredLayersInput | null);
  /**
   * The consumer is resumed at once.
   */
  'resumed'?: (boolean);
  /**
   * The address of the node that the peer of the producer is on. Empty: this node.
   */
  'home'?: (string);
}

export interface ConsumeItem {
  'producerId': (string);
  'preferredLayers': (_parley_media_v1_PreferredLayers | null);
  /**
   * The consumer is resumed at once.
   */
  'resumed': (boolean);
  /**
   * The address of the node that the peer of the producer is on. Empty: this node.
   */
  'home': (string);
}

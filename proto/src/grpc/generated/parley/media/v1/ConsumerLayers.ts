// Original file: proto/parley/media/v1/media.proto

import type { PreferredLayersInput as _parley_media_v1_PreferredLayersInput, PreferredLayers as _parley_media_v1_PreferredLayers } from '../../../parley/media/v1/PreferredLayers.ts';

export interface ConsumerLayersInput {
  'consumerId'?: (string);
  'preferredLayers'?: (_parley_media_v1_PreferredLayersInput | null);
  /**
   * 1 (lowest) to 255. When the downlink is short, consumers with a higher priority keep their quality. Unset changes
   * nothing.
   */
  'priority'?: (number);
  '_priority'?: "priority";
}

export interface ConsumerLayers {
  'consumerId': (string);
  'preferredLayers': (_parley_media_v1_PreferredLayers | null);
  /**
   * 1 (lowest) to 255. When the downlink is short, consumers with a higher priority keep their quality. Unset changes
   * nothing.
   */
  'priority'?: (number);
  '_priority'?: "priority";
}

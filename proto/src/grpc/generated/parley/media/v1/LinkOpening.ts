// Original file: proto/parley/media/v1/media.proto

import type { PipeParametersInput as _parley_media_v1_PipeParametersInput, PipeParameters as _parley_media_v1_PipeParameters } from '../../../parley/media/v1/PipeParameters.ts';

export interface LinkOpeningInput {
  'roomId'?: (string);
  /**
   * A router of the node that is asked.
   */
  'routerId'?: (string);
  'pipe'?: (_parley_media_v1_PipeParametersInput | null);
  /**
   * The router at the other end of the link.
   */
  'callerRouterId'?: (string);
}

export interface LinkOpening {
  'roomId': (string);
  /**
   * A router of the node that is asked.
   */
  'routerId': (string);
  'pipe': (_parley_media_v1_PipeParameters | null);
  /**
   * The router at the other end of the link.
   */
  'callerRouterId': (string);
}

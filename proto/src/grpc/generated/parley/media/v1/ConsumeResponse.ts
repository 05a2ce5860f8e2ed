// Original file: proto/parley/media/v1/media.proto

import type { ConsumeResultInput as _parley_media_v1_ConsumeResultInput, ConsumeResult as _parley_media_v1_ConsumeResult } from '../../../parley/media/v1/ConsumeResult.ts';

export interface ConsumeResponseInput {
  /**
   * In the order of the request's items.
   */
  'results'?: (_parley_media_v1_ConsumeResultInput)[];
}

export interface ConsumeResponse {
  /**
   * In the order of the request's items.
   */
  'results': (_parley_media_v1_ConsumeResult)[];
}

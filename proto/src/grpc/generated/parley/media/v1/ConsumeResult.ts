// Original file: proto/parley/media/v1/media.proto

import type { ConsumerParametersInput as _parley_media_v1_ConsumerParametersInput, ConsumerParameters as _parley_media_v1_ConsumerParameters } from '../../../parley/media/v1/ConsumerParameters.ts';
import type { ConsumeFailureInput as _parley_media_v1_ConsumeFailureInput, ConsumeFailure as _parley_media_v1_ConsumeFailure } from '../../../parley/media/v1/ConsumeFailure.ts';

export interface ConsumeResultInput {
  'producerId'?: (string);
  'consumer'?: (_parley_media_v1_ConsumerParametersInput | null);
  'failure'?: (_parley_media_v1_ConsumeFailureInput | null);
  'outcome'?: "consumer"|"failure";
}

export interface ConsumeResult {
  'producerId': (string);
  'consumer'?: (_parley_media_v1_ConsumerParameters | null);
  'failure'?: (_parley_media_v1_ConsumeFailure | null);
  'outcome'?: "consumer"|"failure";
}

// Original file: proto/parley/media/v1/media.proto

import type { PipeParametersInput as _parley_media_v1_PipeParametersInput, PipeParameters as _parley_media_v1_PipeParameters } from '../../../parley/media/v1/PipeParameters.ts';

export interface LinkOpenedInput {
  'pipe'?: (_parley_media_v1_PipeParametersInput | null);
}

export interface LinkOpened {
  'pipe': (_parley_media_v1_PipeParameters | null);
}

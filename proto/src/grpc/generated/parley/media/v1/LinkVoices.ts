// Original file: proto/parley/media/v1/media.proto

import type { LinkVoiceInput as _parley_media_v1_LinkVoiceInput, LinkVoice as _parley_media_v1_LinkVoice } from '../../../parley/media/v1/LinkVoice.ts';

export interface LinkVoicesInput {
  'voices'?: (_parley_media_v1_LinkVoiceInput)[];
}

export interface LinkVoices {
  'voices': (_parley_media_v1_LinkVoice)[];
}

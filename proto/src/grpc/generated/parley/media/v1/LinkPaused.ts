// Original file: proto/parley/media/v1/media.proto


export interface LinkPausedInput {
  'producerId'?: (string);
  'paused'?: (boolean);
}

export interface LinkPaused {
  'producerId': (string);
  'paused': (boolean);
}

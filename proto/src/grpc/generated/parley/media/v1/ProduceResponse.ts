// Original file: proto/parley/media/v1/media.proto


export interface ProduceResponseInput {
  'producerId'?: (string);
}

export interface ProduceResponse {
  'producerId': (string);
}

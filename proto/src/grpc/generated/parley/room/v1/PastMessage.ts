// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

export interface PastMessageInput {
  'fromName'?: (string);
  'text'?: (string);
  'sentAtMs'?: (number | string | Long);
}

export interface PastMessage {
  'fromName': (string);
  'text': (string);
  'sentAtMs': (number);
}

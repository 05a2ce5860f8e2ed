// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

export interface VisitInput {
  'code'?: (string);
  'title'?: (string);
  'displayName'?: (string);
  'joinedAtMs'?: (number | string | Long);
  'leftAtMs'?: (number | string | Long);
  '_leftAtMs'?: "leftAtMs";
}

export interface Visit {
  'code': (string);
  'title': (string);
  'displayName': (string);
  'joinedAtMs': (number);
  'leftAtMs'?: (number);
  '_leftAtMs'?: "leftAtMs";
}

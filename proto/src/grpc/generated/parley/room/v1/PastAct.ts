// Original file: proto/parley/room/v1/room.proto

import type { Long } from '@grpc/proto-loader';

/**
 * What somebody who leads the room, or an operator, did in a call: Act of the contract (acts.ts of @parley/proto).
 */
export interface PastActInput {
  'kind'?: (string);
  /**
   * Absent: the rules of the room or an operator did it. Empty: the account of the person was deleted.
   */
  'byName'?: (string);
  /**
   * Absent: it concerns the whole room.
   */
  'toName'?: (string);
  /**
   * The source that was stopped, or the new role; empty for other acts.
   */
  'detail'?: (string);
  'doneAtMs'?: (number | string | Long);
  '_byName'?: "byName";
  '_toName'?: "toName";
}

/**
 * What somebody who leads the room, or an operator, did in a call: Act of the contract (acts.ts of @parley/proto).
 */
export interface PastAct {
  'kind': (string);
  /**
   * Absent: the rules of the room or an operator did it. Empty: the account of the person was deleted.
   */
  'byName'?: (string);
  /**
   * Absent: it concerns the whole room.
   */
  'toName'?: (string);
  /**
   * The source that was stopped, or the new role; empty for other acts.
   */
  'detail': (string);
  'doneAtMs': (number);
  '_byName'?: "byName";
  '_toName'?: "toName";
}

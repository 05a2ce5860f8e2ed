// Original file: proto/parley/room/v1/room.proto

import type { PastCallInput as _parley_room_v1_PastCallInput, PastCall as _parley_room_v1_PastCall } from '../../../parley/room/v1/PastCall.ts';
import type { AttendanceInput as _parley_room_v1_AttendanceInput, Attendance as _parley_room_v1_Attendance } from '../../../parley/room/v1/Attendance.ts';
import type { PastMessageInput as _parley_room_v1_PastMessageInput, PastMessage as _parley_room_v1_PastMessage } from '../../../parley/room/v1/PastMessage.ts';
import type { PastActInput as _parley_room_v1_PastActInput, PastAct as _parley_room_v1_PastAct } from '../../../parley/room/v1/PastAct.ts';

export interface GetCallResponseInput {
  'call'?: (_parley_room_v1_PastCallInput | null);
  'title'?: (string);
  'attendance'?: (_parley_room_v1_AttendanceInput)[];
  /**
   * What was said to everybody. Private messages are for their two ends alone.
   */
  'messages'?: (_parley_room_v1_PastMessageInput)[];
  /**
   * Whether there are more entries, messages or acts than these.
   */
  'isCut'?: (boolean);
  'acts'?: (_parley_room_v1_PastActInput)[];
}

export interface GetCallResponse {
  'call': (_parley_room_v1_PastCall | null);
  'title': (string);
  'attendance': (_parley_room_v1_Attendance)[];
  /**
   * What was said to everybody. Private messages are for their two ends alone.
   */
  'messages': (_parley_room_v1_PastMessage)[];
  /**
   * Whether there are more entries, messages or acts than these.
   */
  'isCut': (boolean);
  'acts': (_parley_room_v1_PastAct)[];
}

// Original file: proto/parley/room/v1/room.proto


export interface EraseIdentityResponseInput {
  'roomsDeleted'?: (number);
  'roomsHandedOver'?: (number);
  'attendanceAnonymised'?: (number);
  'messagesAnonymised'?: (number);
  'bansDeleted'?: (number);
  'actsAnonymised'?: (number);
}

export interface EraseIdentityResponse {
  'roomsDeleted': (number);
  'roomsHandedOver': (number);
  'attendanceAnonymised': (number);
  'messagesAnonymised': (number);
  'bansDeleted': (number);
  'actsAnonymised': (number);
}

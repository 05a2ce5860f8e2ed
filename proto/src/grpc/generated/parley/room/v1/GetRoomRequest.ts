// Original file: proto/parley/room/v1/room.proto


export interface GetRoomRequestInput {
  'code'?: (string);
}

export interface GetRoomRequest {
  'code': (string);
}

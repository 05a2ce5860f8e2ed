// Original file: proto/parley/room/v1/room.proto


export interface CreateRoomRequestInput {
  'title'?: (string);
}

export interface CreateRoomRequest {
  'title': (string);
}

// Original file: proto/parley/room/v1/room.proto


export interface DeleteRoomResponseInput {
}

export interface DeleteRoomResponse {
}

// Original file: proto/parley/room/v1/room.proto


export interface EndLiveRoomResponseInput {
}

export interface EndLiveRoomResponse {
}

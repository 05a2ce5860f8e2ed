// Original file: proto/parley/room/v1/room.proto


export interface SayGoodbyeResponseInput {
}

export interface SayGoodbyeResponse {
}

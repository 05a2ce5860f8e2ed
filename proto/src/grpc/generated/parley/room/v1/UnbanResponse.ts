// Original file: proto/parley/room/v1/room.proto


export interface UnbanResponseInput {
}

export interface UnbanResponse {
}

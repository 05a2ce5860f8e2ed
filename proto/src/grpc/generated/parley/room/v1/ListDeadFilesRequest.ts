// Original file: proto/parley/room/v1/room.proto


export interface ListDeadFilesRequestInput {
}

export interface ListDeadFilesRequest {
}

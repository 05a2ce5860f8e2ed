// Original file: proto/parley/room/v1/room.proto


export interface FinishUploadResponseInput {
}

export interface FinishUploadResponse {
}

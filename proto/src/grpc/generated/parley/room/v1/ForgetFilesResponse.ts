// Original file: proto/parley/room/v1/room.proto


export interface ForgetFilesResponseInput {
}

export interface ForgetFilesResponse {
}

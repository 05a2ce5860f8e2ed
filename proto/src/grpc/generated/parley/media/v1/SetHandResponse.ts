// Original file: proto/parley/media/v1/media.proto


export interface SetHandResponseInput {
}

export interface SetHandResponse {
}

// Original file: proto/parley/media/v1/media.proto


export interface ClosePeerResponseInput {
}

export interface ClosePeerResponse {
}

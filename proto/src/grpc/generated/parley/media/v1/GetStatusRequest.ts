// Original file: proto/parley/media/v1/media.proto


export interface GetStatusRequestInput {
}

export interface GetStatusRequest {
}

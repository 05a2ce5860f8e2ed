// Original file: proto/parley/media/v1/media.proto


export interface RequestKeyFramesResponseInput {
}

export interface RequestKeyFramesResponse {
}

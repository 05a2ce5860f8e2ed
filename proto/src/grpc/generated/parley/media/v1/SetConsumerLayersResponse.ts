// Original file: proto/parley/media/v1/media.proto


export interface SetConsumerLayersResponseInput {
}

export interface SetConsumerLayersResponse {
}

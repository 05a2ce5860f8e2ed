// Original file: proto/parley/media/v1/media.proto


export interface CloseConsumersResponseInput {
}

export interface CloseConsumersResponse {
}

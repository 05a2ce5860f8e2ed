// Original file: proto/parley/media/v1/media.proto


export interface SetConsumersPausedResponseInput {
}

export interface SetConsumersPausedResponse {
}

// Original file: proto/parley/media/v1/media.proto


export interface SetProducerPausedResponseInput {
}

export interface SetProducerPausedResponse {
}

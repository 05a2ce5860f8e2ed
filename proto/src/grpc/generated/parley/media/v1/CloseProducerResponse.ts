// Original file: proto/parley/media/v1/media.proto


export interface CloseProducerResponseInput {
}

export interface CloseProducerResponse {
}

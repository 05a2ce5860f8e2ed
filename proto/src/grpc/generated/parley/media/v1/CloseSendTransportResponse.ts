// Original file: proto/parley/media/v1/media.proto


export interface CloseSendTransportResponseInput {
}

export interface CloseSendTransportResponse {
}

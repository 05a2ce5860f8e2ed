// Original file: proto/parley/media/v1/media.proto


export interface ConnectTransportResponseInput {
}

export interface ConnectTransportResponse {
}

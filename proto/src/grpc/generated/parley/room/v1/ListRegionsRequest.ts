// Original file: proto/parley/room/v1/room.proto


export interface ListRegionsRequestInput {
}

export interface ListRegionsRequest {
}

import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AuthorizeJoinRequestInput as _parley_room_v1_AuthorizeJoinRequestInput, AuthorizeJoinRequest as _parley_room_v1_AuthorizeJoinRequest } from './parley/room/v1/AuthorizeJoinRequest.ts';
import type { AuthorizeJoinResponseInput as _parley_room_v1_AuthorizeJoinResponseInput, AuthorizeJoinResponse as _parley_room_v1_AuthorizeJoinResponse } from './parley/room/v1/AuthorizeJoinResponse.ts';
import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from './parley/room/v1/Caller.ts';
import type { CreateRoomRequestInput as _parley_room_v1_CreateRoomRequestInput, CreateRoomRequest as _parley_room_v1_CreateRoomRequest } from './parley/room/v1/CreateRoomRequest.ts';
import type { CreateRoomResponseInput as _parley_room_v1_CreateRoomResponseInput, CreateRoomResponse as _parley_room_v1_CreateRoomResponse } from './parley/room/v1/CreateRoomResponse.ts';
import type { GetRoomRequestInput as _parley_room_v1_GetRoomRequestInput, GetRoomRequest as _parley_room_v1_GetRoomRequest } from './parley/room/v1/GetRoomRequest.ts';
import type { GetRoomResponseInput as _parley_room_v1_GetRoomResponseInput, GetRoomResponse as _parley_room_v1_GetRoomResponse } from './parley/room/v1/GetRoomResponse.ts';
import type { RoomInput as _parley_room_v1_RoomInput, Room as _parley_room_v1_Room } from './parley/room/v1/Room.ts';
import type { RoomServiceClient as _parley_room_v1_RoomServiceClient, RoomServiceDefinition as _parley_room_v1_RoomServiceDefinition } from './parley/room/v1/RoomService.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  parley: {
    room: {
      v1: {
        AuthorizeJoinRequest: MessageTypeDefinition<_parley_room_v1_AuthorizeJoinRequestInput, _parley_room_v1_AuthorizeJoinRequest>
        AuthorizeJoinResponse: MessageTypeDefinition<_parley_room_v1_AuthorizeJoinResponseInput, _parley_room_v1_AuthorizeJoinResponse>
        Caller: MessageTypeDefinition<_parley_room_v1_CallerInput, _parley_room_v1_Caller>
        CreateRoomRequest: MessageTypeDefinition<_parley_room_v1_CreateRoomRequestInput, _parley_room_v1_CreateRoomRequest>
        CreateRoomResponse: MessageTypeDefinition<_parley_room_v1_CreateRoomResponseInput, _parley_room_v1_CreateRoomResponse>
        GetRoomRequest: MessageTypeDefinition<_parley_room_v1_GetRoomRequestInput, _parley_room_v1_GetRoomRequest>
        GetRoomResponse: MessageTypeDefinition<_parley_room_v1_GetRoomResponseInput, _parley_room_v1_GetRoomResponse>
        Room: MessageTypeDefinition<_parley_room_v1_RoomInput, _parley_room_v1_Room>
        RoomService: SubtypeConstructor<typeof grpc.Client, _parley_room_v1_RoomServiceClient> & { service: _parley_room_v1_RoomServiceDefinition }
      }
    }
  }
}


import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AuthorizeJoinRequestInput as _parley_room_v1_AuthorizeJoinRequestInput, AuthorizeJoinRequest as _parley_room_v1_AuthorizeJoinRequest } from './parley/room/v1/AuthorizeJoinRequest.ts';
import type { AuthorizeJoinResponseInput as _parley_room_v1_AuthorizeJoinResponseInput, AuthorizeJoinResponse as _parley_room_v1_AuthorizeJoinResponse } from './parley/room/v1/AuthorizeJoinResponse.ts';
import type { BeginUploadRequestInput as _parley_room_v1_BeginUploadRequestInput, BeginUploadRequest as _parley_room_v1_BeginUploadRequest } from './parley/room/v1/BeginUploadRequest.ts';
import type { BeginUploadResponseInput as _parley_room_v1_BeginUploadResponseInput, BeginUploadResponse as _parley_room_v1_BeginUploadResponse } from './parley/room/v1/BeginUploadResponse.ts';
import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from './parley/room/v1/Caller.ts';
import type { CreateRoomRequestInput as _parley_room_v1_CreateRoomRequestInput, CreateRoomRequest as _parley_room_v1_CreateRoomRequest } from './parley/room/v1/CreateRoomRequest.ts';
import type { CreateRoomResponseInput as _parley_room_v1_CreateRoomResponseInput, CreateRoomResponse as _parley_room_v1_CreateRoomResponse } from './parley/room/v1/CreateRoomResponse.ts';
import type { FinishUploadRequestInput as _parley_room_v1_FinishUploadRequestInput, FinishUploadRequest as _parley_room_v1_FinishUploadRequest } from './parley/room/v1/FinishUploadRequest.ts';
import type { FinishUploadResponseInput as _parley_room_v1_FinishUploadResponseInput, FinishUploadResponse as _parley_room_v1_FinishUploadResponse } from './parley/room/v1/FinishUploadResponse.ts';
import type { ForgetFilesRequestInput as _parley_room_v1_ForgetFilesRequestInput, ForgetFilesRequest as _parley_room_v1_ForgetFilesRequest } from './parley/room/v1/ForgetFilesRequest.ts';
import type { ForgetFilesResponseInput as _parley_room_v1_ForgetFilesResponseInput, ForgetFilesResponse as _parley_room_v1_ForgetFilesResponse } from './parley/room/v1/ForgetFilesResponse.ts';
import type { GetFileRequestInput as _parley_room_v1_GetFileRequestInput, GetFileRequest as _parley_room_v1_GetFileRequest } from './parley/room/v1/GetFileRequest.ts';
import type { GetFileResponseInput as _parley_room_v1_GetFileResponseInput, GetFileResponse as _parley_room_v1_GetFileResponse } from './parley/room/v1/GetFileResponse.ts';
import type { GetRoomRequestInput as _parley_room_v1_GetRoomRequestInput, GetRoomRequest as _parley_room_v1_GetRoomRequest } from './parley/room/v1/GetRoomRequest.ts';
import type { GetRoomResponseInput as _parley_room_v1_GetRoomResponseInput, GetRoomResponse as _parley_room_v1_GetRoomResponse } from './parley/room/v1/GetRoomResponse.ts';
import type { ListDeadFilesRequestInput as _parley_room_v1_ListDeadFilesRequestInput, ListDeadFilesRequest as _parley_room_v1_ListDeadFilesRequest } from './parley/room/v1/ListDeadFilesRequest.ts';
import type { ListDeadFilesResponseInput as _parley_room_v1_ListDeadFilesResponseInput, ListDeadFilesResponse as _parley_room_v1_ListDeadFilesResponse } from './parley/room/v1/ListDeadFilesResponse.ts';
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
        BeginUploadRequest: MessageTypeDefinition<_parley_room_v1_BeginUploadRequestInput, _parley_room_v1_BeginUploadRequest>
        BeginUploadResponse: MessageTypeDefinition<_parley_room_v1_BeginUploadResponseInput, _parley_room_v1_BeginUploadResponse>
        Caller: MessageTypeDefinition<_parley_room_v1_CallerInput, _parley_room_v1_Caller>
        CreateRoomRequest: MessageTypeDefinition<_parley_room_v1_CreateRoomRequestInput, _parley_room_v1_CreateRoomRequest>
        CreateRoomResponse: MessageTypeDefinition<_parley_room_v1_CreateRoomResponseInput, _parley_room_v1_CreateRoomResponse>
        FinishUploadRequest: MessageTypeDefinition<_parley_room_v1_FinishUploadRequestInput, _parley_room_v1_FinishUploadRequest>
        FinishUploadResponse: MessageTypeDefinition<_parley_room_v1_FinishUploadResponseInput, _parley_room_v1_FinishUploadResponse>
        ForgetFilesRequest: MessageTypeDefinition<_parley_room_v1_ForgetFilesRequestInput, _parley_room_v1_ForgetFilesRequest>
        ForgetFilesResponse: MessageTypeDefinition<_parley_room_v1_ForgetFilesResponseInput, _parley_room_v1_ForgetFilesResponse>
        GetFileRequest: MessageTypeDefinition<_parley_room_v1_GetFileRequestInput, _parley_room_v1_GetFileRequest>
        GetFileResponse: MessageTypeDefinition<_parley_room_v1_GetFileResponseInput, _parley_room_v1_GetFileResponse>
        GetRoomRequest: MessageTypeDefinition<_parley_room_v1_GetRoomRequestInput, _parley_room_v1_GetRoomRequest>
        GetRoomResponse: MessageTypeDefinition<_parley_room_v1_GetRoomResponseInput, _parley_room_v1_GetRoomResponse>
        ListDeadFilesRequest: MessageTypeDefinition<_parley_room_v1_ListDeadFilesRequestInput, _parley_room_v1_ListDeadFilesRequest>
        ListDeadFilesResponse: MessageTypeDefinition<_parley_room_v1_ListDeadFilesResponseInput, _parley_room_v1_ListDeadFilesResponse>
        Room: MessageTypeDefinition<_parley_room_v1_RoomInput, _parley_room_v1_Room>
        RoomService: SubtypeConstructor<typeof grpc.Client, _parley_room_v1_RoomServiceClient> & { service: _parley_room_v1_RoomServiceDefinition }
      }
    }
  }
}


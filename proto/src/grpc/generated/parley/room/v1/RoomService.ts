// Original file: proto/parley/room/v1/room.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AuthorizeJoinRequestInput as _parley_room_v1_AuthorizeJoinRequestInput, AuthorizeJoinRequest as _parley_room_v1_AuthorizeJoinRequest } from '../../../parley/room/v1/AuthorizeJoinRequest.ts';
import type { AuthorizeJoinResponseInput as _parley_room_v1_AuthorizeJoinResponseInput, AuthorizeJoinResponse as _parley_room_v1_AuthorizeJoinResponse } from '../../../parley/room/v1/AuthorizeJoinResponse.ts';
import type { CreateRoomRequestInput as _parley_room_v1_CreateRoomRequestInput, CreateRoomRequest as _parley_room_v1_CreateRoomRequest } from '../../../parley/room/v1/CreateRoomRequest.ts';
import type { CreateRoomResponseInput as _parley_room_v1_CreateRoomResponseInput, CreateRoomResponse as _parley_room_v1_CreateRoomResponse } from '../../../parley/room/v1/CreateRoomResponse.ts';
import type { GetRoomRequestInput as _parley_room_v1_GetRoomRequestInput, GetRoomRequest as _parley_room_v1_GetRoomRequest } from '../../../parley/room/v1/GetRoomRequest.ts';
import type { GetRoomResponseInput as _parley_room_v1_GetRoomResponseInput, GetRoomResponse as _parley_room_v1_GetRoomResponse } from '../../../parley/room/v1/GetRoomResponse.ts';

export interface RoomServiceClient extends grpc.Client {
  /**
   * Checks whether a person may join the room, and signs the join token.
   */
  AuthorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  AuthorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  AuthorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  AuthorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  /**
   * Checks whether a person may join the room, and signs the join token.
   */
  authorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  authorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  authorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  authorizeJoin(argument: _parley_room_v1_AuthorizeJoinRequestInput, callback: grpc.requestCallback<_parley_room_v1_AuthorizeJoinResponse>): grpc.ClientUnaryCall;
  
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  
}

export interface RoomServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Checks whether a person may join the room, and signs the join token.
   */
  AuthorizeJoin: grpc.handleUnaryCall<_parley_room_v1_AuthorizeJoinRequest, _parley_room_v1_AuthorizeJoinResponseInput>;
  
  CreateRoom: grpc.handleUnaryCall<_parley_room_v1_CreateRoomRequest, _parley_room_v1_CreateRoomResponseInput>;
  
  GetRoom: grpc.handleUnaryCall<_parley_room_v1_GetRoomRequest, _parley_room_v1_GetRoomResponseInput>;
  
}

export interface RoomServiceDefinition extends grpc.ServiceDefinition {
  AuthorizeJoin: MethodDefinition<_parley_room_v1_AuthorizeJoinRequestInput, _parley_room_v1_AuthorizeJoinResponseInput, _parley_room_v1_AuthorizeJoinRequest, _parley_room_v1_AuthorizeJoinResponse>
  CreateRoom: MethodDefinition<_parley_room_v1_CreateRoomRequestInput, _parley_room_v1_CreateRoomResponseInput, _parley_room_v1_CreateRoomRequest, _parley_room_v1_CreateRoomResponse>
  GetRoom: MethodDefinition<_parley_room_v1_GetRoomRequestInput, _parley_room_v1_GetRoomResponseInput, _parley_room_v1_GetRoomRequest, _parley_room_v1_GetRoomResponse>
}

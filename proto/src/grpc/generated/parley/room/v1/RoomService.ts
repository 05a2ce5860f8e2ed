// Original file: proto/parley/room/v1/room.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AuthorizeJoinRequestInput as _parley_room_v1_AuthorizeJoinRequestInput, AuthorizeJoinRequest as _parley_room_v1_AuthorizeJoinRequest } from '../../../parley/room/v1/AuthorizeJoinRequest.ts';
import type { AuthorizeJoinResponseInput as _parley_room_v1_AuthorizeJoinResponseInput, AuthorizeJoinResponse as _parley_room_v1_AuthorizeJoinResponse } from '../../../parley/room/v1/AuthorizeJoinResponse.ts';
import type { BeginUploadRequestInput as _parley_room_v1_BeginUploadRequestInput, BeginUploadRequest as _parley_room_v1_BeginUploadRequest } from '../../../parley/room/v1/BeginUploadRequest.ts';
import type { BeginUploadResponseInput as _parley_room_v1_BeginUploadResponseInput, BeginUploadResponse as _parley_room_v1_BeginUploadResponse } from '../../../parley/room/v1/BeginUploadResponse.ts';
import type { CreateRoomRequestInput as _parley_room_v1_CreateRoomRequestInput, CreateRoomRequest as _parley_room_v1_CreateRoomRequest } from '../../../parley/room/v1/CreateRoomRequest.ts';
import type { CreateRoomResponseInput as _parley_room_v1_CreateRoomResponseInput, CreateRoomResponse as _parley_room_v1_CreateRoomResponse } from '../../../parley/room/v1/CreateRoomResponse.ts';
import type { FinishUploadRequestInput as _parley_room_v1_FinishUploadRequestInput, FinishUploadRequest as _parley_room_v1_FinishUploadRequest } from '../../../parley/room/v1/FinishUploadRequest.ts';
import type { FinishUploadResponseInput as _parley_room_v1_FinishUploadResponseInput, FinishUploadResponse as _parley_room_v1_FinishUploadResponse } from '../../../parley/room/v1/FinishUploadResponse.ts';
import type { ForgetFilesRequestInput as _parley_room_v1_ForgetFilesRequestInput, ForgetFilesRequest as _parley_room_v1_ForgetFilesRequest } from '../../../parley/room/v1/ForgetFilesRequest.ts';
import type { ForgetFilesResponseInput as _parley_room_v1_ForgetFilesResponseInput, ForgetFilesResponse as _parley_room_v1_ForgetFilesResponse } from '../../../parley/room/v1/ForgetFilesResponse.ts';
import type { GetFileRequestInput as _parley_room_v1_GetFileRequestInput, GetFileRequest as _parley_room_v1_GetFileRequest } from '../../../parley/room/v1/GetFileRequest.ts';
import type { GetFileResponseInput as _parley_room_v1_GetFileResponseInput, GetFileResponse as _parley_room_v1_GetFileResponse } from '../../../parley/room/v1/GetFileResponse.ts';
import type { GetRoomRequestInput as _parley_room_v1_GetRoomRequestInput, GetRoomRequest as _parley_room_v1_GetRoomRequest } from '../../../parley/room/v1/GetRoomRequest.ts';
import type { GetRoomResponseInput as _parley_room_v1_GetRoomResponseInput, GetRoomResponse as _parley_room_v1_GetRoomResponse } from '../../../parley/room/v1/GetRoomResponse.ts';
import type { ListDeadFilesRequestInput as _parley_room_v1_ListDeadFilesRequestInput, ListDeadFilesRequest as _parley_room_v1_ListDeadFilesRequest } from '../../../parley/room/v1/ListDeadFilesRequest.ts';
import type { ListDeadFilesResponseInput as _parley_room_v1_ListDeadFilesResponseInput, ListDeadFilesResponse as _parley_room_v1_ListDeadFilesResponse } from '../../../parley/room/v1/ListDeadFilesResponse.ts';

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
  
  /**
   * Files of the chat. Signaling knows what they are and to whom they belong, the gateway has their bytes.
   * Takes the pass of an upload, which is good once.
   */
  BeginUpload(argument: _parley_room_v1_BeginUploadRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  BeginUpload(argument: _parley_room_v1_BeginUploadRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  BeginUpload(argument: _parley_room_v1_BeginUploadRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  BeginUpload(argument: _parley_room_v1_BeginUploadRequestInput, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  /**
   * Files of the chat. Signaling knows what they are and to whom they belong, the gateway has their bytes.
   * Takes the pass of an upload, which is good once.
   */
  beginUpload(argument: _parley_room_v1_BeginUploadRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  beginUpload(argument: _parley_room_v1_BeginUploadRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  beginUpload(argument: _parley_room_v1_BeginUploadRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  beginUpload(argument: _parley_room_v1_BeginUploadRequestInput, callback: grpc.requestCallback<_parley_room_v1_BeginUploadResponse>): grpc.ClientUnaryCall;
  
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  
  /**
   * The bytes are stored. Repeating it is harmless.
   */
  FinishUpload(argument: _parley_room_v1_FinishUploadRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  FinishUpload(argument: _parley_room_v1_FinishUploadRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  FinishUpload(argument: _parley_room_v1_FinishUploadRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  FinishUpload(argument: _parley_room_v1_FinishUploadRequestInput, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  /**
   * The bytes are stored. Repeating it is harmless.
   */
  finishUpload(argument: _parley_room_v1_FinishUploadRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  finishUpload(argument: _parley_room_v1_FinishUploadRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  finishUpload(argument: _parley_room_v1_FinishUploadRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  finishUpload(argument: _parley_room_v1_FinishUploadRequestInput, callback: grpc.requestCallback<_parley_room_v1_FinishUploadResponse>): grpc.ClientUnaryCall;
  
  /**
   * The bytes of these files are deleted: they are dead, or did not arrive whole. Repeating it is harmless.
   */
  ForgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  ForgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  ForgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  ForgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  /**
   * The bytes of these files are deleted: they are dead, or did not arrive whole. Repeating it is harmless.
   */
  forgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  forgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  forgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  forgetFiles(argument: _parley_room_v1_ForgetFilesRequestInput, callback: grpc.requestCallback<_parley_room_v1_ForgetFilesResponse>): grpc.ClientUnaryCall;
  
  /**
   * What a link leads to.
   */
  GetFile(argument: _parley_room_v1_GetFileRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  GetFile(argument: _parley_room_v1_GetFileRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  GetFile(argument: _parley_room_v1_GetFileRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  GetFile(argument: _parley_room_v1_GetFileRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  /**
   * What a link leads to.
   */
  getFile(argument: _parley_room_v1_GetFileRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  getFile(argument: _parley_room_v1_GetFileRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  getFile(argument: _parley_room_v1_GetFileRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  getFile(argument: _parley_room_v1_GetFileRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetFileResponse>): grpc.ClientUnaryCall;
  
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  GetRoom(argument: _parley_room_v1_GetRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  getRoom(argument: _parley_room_v1_GetRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetRoomResponse>): grpc.ClientUnaryCall;
  
  /**
   * Files that belong to no message any more, or were never sent. Their bytes are to be deleted.
   */
  ListDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  ListDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  ListDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  ListDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  /**
   * Files that belong to no message any more, or were never sent. Their bytes are to be deleted.
   */
  listDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  listDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  listDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  listDeadFiles(argument: _parley_room_v1_ListDeadFilesRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListDeadFilesResponse>): grpc.ClientUnaryCall;
  
}

export interface RoomServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Checks whether a person may join the room, and signs the join token.
   */
  AuthorizeJoin: grpc.handleUnaryCall<_parley_room_v1_AuthorizeJoinRequest, _parley_room_v1_AuthorizeJoinResponseInput>;
  
  /**
   * Files of the chat. Signaling knows what they are and to whom they belong, the gateway has their bytes.
   * Takes the pass of an upload, which is good once.
   */
  BeginUpload: grpc.handleUnaryCall<_parley_room_v1_BeginUploadRequest, _parley_room_v1_BeginUploadResponseInput>;
  
  CreateRoom: grpc.handleUnaryCall<_parley_room_v1_CreateRoomRequest, _parley_room_v1_CreateRoomResponseInput>;
  
  /**
   * The bytes are stored. Repeating it is harmless.
   */
  FinishUpload: grpc.handleUnaryCall<_parley_room_v1_FinishUploadRequest, _parley_room_v1_FinishUploadResponseInput>;
  
  /**
   * The bytes of these files are deleted: they are dead, or did not arrive whole. Repeating it is harmless.
   */
  ForgetFiles: grpc.handleUnaryCall<_parley_room_v1_ForgetFilesRequest, _parley_room_v1_ForgetFilesResponseInput>;
  
  /**
   * What a link leads to.
   */
  GetFile: grpc.handleUnaryCall<_parley_room_v1_GetFileRequest, _parley_room_v1_GetFileResponseInput>;
  
  GetRoom: grpc.handleUnaryCall<_parley_room_v1_GetRoomRequest, _parley_room_v1_GetRoomResponseInput>;
  
  /**
   * Files that belong to no message any more, or were never sent. Their bytes are to be deleted.
   */
  ListDeadFiles: grpc.handleUnaryCall<_parley_room_v1_ListDeadFilesRequest, _parley_room_v1_ListDeadFilesResponseInput>;
  
}

export interface RoomServiceDefinition extends grpc.ServiceDefinition {
  AuthorizeJoin: MethodDefinition<_parley_room_v1_AuthorizeJoinRequestInput, _parley_room_v1_AuthorizeJoinResponseInput, _parley_room_v1_AuthorizeJoinRequest, _parley_room_v1_AuthorizeJoinResponse>
  BeginUpload: MethodDefinition<_parley_room_v1_BeginUploadRequestInput, _parley_room_v1_BeginUploadResponseInput, _parley_room_v1_BeginUploadRequest, _parley_room_v1_BeginUploadResponse>
  CreateRoom: MethodDefinition<_parley_room_v1_CreateRoomRequestInput, _parley_room_v1_CreateRoomResponseInput, _parley_room_v1_CreateRoomRequest, _parley_room_v1_CreateRoomResponse>
  FinishUpload: MethodDefinition<_parley_room_v1_FinishUploadRequestInput, _parley_room_v1_FinishUploadResponseInput, _parley_room_v1_FinishUploadRequest, _parley_room_v1_FinishUploadResponse>
  ForgetFiles: MethodDefinition<_parley_room_v1_ForgetFilesRequestInput, _parley_room_v1_ForgetFilesResponseInput, _parley_room_v1_ForgetFilesRequest, _parley_room_v1_ForgetFilesResponse>
  GetFile: MethodDefinition<_parley_room_v1_GetFileRequestInput, _parley_room_v1_GetFileResponseInput, _parley_room_v1_GetFileRequest, _parley_room_v1_GetFileResponse>
  GetRoom: MethodDefinition<_parley_room_v1_GetRoomRequestInput, _parley_room_v1_GetRoomResponseInput, _parley_room_v1_GetRoomRequest, _parley_room_v1_GetRoomResponse>
  ListDeadFiles: MethodDefinition<_parley_room_v1_ListDeadFilesRequestInput, _parley_room_v1_ListDeadFilesResponseInput, _parley_room_v1_ListDeadFilesRequest, _parley_room_v1_ListDeadFilesResponse>
}

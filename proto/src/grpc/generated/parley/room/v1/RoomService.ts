// Original file: proto/parley/room/v1/room.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AuthorizeJoinRequestInput as _parley_room_v1_AuthorizeJoinRequestInput, AuthorizeJoinRequest as _parley_room_v1_AuthorizeJoinRequest } from '../../../parley/room/v1/AuthorizeJoinRequest.ts';
import type { AuthorizeJoinResponseInput as _parley_room_v1_AuthorizeJoinResponseInput, AuthorizeJoinResponse as _parley_room_v1_AuthorizeJoinResponse } from '../../../parley/room/v1/AuthorizeJoinResponse.ts';
import type { BeginUploadRequestInput as _parley_room_v1_BeginUploadRequestInput, BeginUploadRequest as _parley_room_v1_BeginUploadRequest } from '../../../parley/room/v1/BeginUploadRequest.ts';
import type { BeginUploadResponseInput as _parley_room_v1_BeginUploadResponseInput, BeginUploadResponse as _parley_room_v1_BeginUploadResponse } from '../../../parley/room/v1/BeginUploadResponse.ts';
import type { ChangeRoomRequestInput as _parley_room_v1_ChangeRoomRequestInput, ChangeRoomRequest as _parley_room_v1_ChangeRoomRequest } from '../../../parley/room/v1/ChangeRoomRequest.ts';
import type { ChangeRoomResponseInput as _parley_room_v1_ChangeRoomResponseInput, ChangeRoomResponse as _parley_room_v1_ChangeRoomResponse } from '../../../parley/room/v1/ChangeRoomResponse.ts';
import type { CreateRoomRequestInput as _parley_room_v1_CreateRoomRequestInput, CreateRoomRequest as _parley_room_v1_CreateRoomRequest } from '../../../parley/room/v1/CreateRoomRequest.ts';
import type { CreateRoomResponseInput as _parley_room_v1_CreateRoomResponseInput, CreateRoomResponse as _parley_room_v1_CreateRoomResponse } from '../../../parley/room/v1/CreateRoomResponse.ts';
import type { DeleteRoomRequestInput as _parley_room_v1_DeleteRoomRequestInput, DeleteRoomRequest as _parley_room_v1_DeleteRoomRequest } from '../../../parley/room/v1/DeleteRoomRequest.ts';
import type { DeleteRoomResponseInput as _parley_room_v1_DeleteRoomResponseInput, DeleteRoomResponse as _parley_room_v1_DeleteRoomResponse } from '../../../parley/room/v1/DeleteRoomResponse.ts';
import type { EndLiveRoomRequestInput as _parley_room_v1_EndLiveRoomRequestInput, EndLiveRoomRequest as _parley_room_v1_EndLiveRoomRequest } from '../../../parley/room/v1/EndLiveRoomRequest.ts';
import type { EndLiveRoomResponseInput as _parley_room_v1_EndLiveRoomResponseInput, EndLiveRoomResponse as _parley_room_v1_EndLiveRoomResponse } from '../../../parley/room/v1/EndLiveRoomResponse.ts';
import type { EraseIdentityRequestInput as _parley_room_v1_EraseIdentityRequestInput, EraseIdentityRequest as _parley_room_v1_EraseIdentityRequest } from '../../../parley/room/v1/EraseIdentityRequest.ts';
import type { EraseIdentityResponseInput as _parley_room_v1_EraseIdentityResponseInput, EraseIdentityResponse as _parley_room_v1_EraseIdentityResponse } from '../../../parley/room/v1/EraseIdentityResponse.ts';
import type { FinishUploadRequestInput as _parley_room_v1_FinishUploadRequestInput, FinishUploadRequest as _parley_room_v1_FinishUploadRequest } from '../../../parley/room/v1/FinishUploadRequest.ts';
import type { FinishUploadResponseInput as _parley_room_v1_FinishUploadResponseInput, FinishUploadResponse as _parley_room_v1_FinishUploadResponse } from '../../../parley/room/v1/FinishUploadResponse.ts';
import type { ForgetFilesRequestInput as _parley_room_v1_ForgetFilesRequestInput, ForgetFilesRequest as _parley_room_v1_ForgetFilesRequest } from '../../../parley/room/v1/ForgetFilesRequest.ts';
import type { ForgetFilesResponseInput as _parley_room_v1_ForgetFilesResponseInput, ForgetFilesResponse as _parley_room_v1_ForgetFilesResponse } from '../../../parley/room/v1/ForgetFilesResponse.ts';
import type { GetCallRequestInput as _parley_room_v1_GetCallRequestInput, GetCallRequest as _parley_room_v1_GetCallRequest } from '../../../parley/room/v1/GetCallRequest.ts';
import type { GetCallResponseInput as _parley_room_v1_GetCallResponseInput, GetCallResponse as _parley_room_v1_GetCallResponse } from '../../../parley/room/v1/GetCallResponse.ts';
import type { GetFileRequestInput as _parley_room_v1_GetFileRequestInput, GetFileRequest as _parley_room_v1_GetFileRequest } from '../../../parley/room/v1/GetFileRequest.ts';
import type { GetFileResponseInput as _parley_room_v1_GetFileResponseInput, GetFileResponse as _parley_room_v1_GetFileResponse } from '../../../parley/room/v1/GetFileResponse.ts';
import type { GetRoomRequestInput as _parley_room_v1_GetRoomRequestInput, GetRoomRequest as _parley_room_v1_GetRoomRequest } from '../../../parley/room/v1/GetRoomRequest.ts';
import type { GetRoomResponseInput as _parley_room_v1_GetRoomResponseInput, GetRoomResponse as _parley_room_v1_GetRoomResponse } from '../../../parley/room/v1/GetRoomResponse.ts';
import type { ListBansRequestInput as _parley_room_v1_ListBansRequestInput, ListBansRequest as _parley_room_v1_ListBansRequest } from '../../../parley/room/v1/ListBansRequest.ts';
import type { ListBansResponseInput as _parley_room_v1_ListBansResponseInput, ListBansResponse as _parley_room_v1_ListBansResponse } from '../../../parley/room/v1/ListBansResponse.ts';
import type { ListCallsRequestInput as _parley_room_v1_ListCallsRequestInput, ListCallsRequest as _parley_room_v1_ListCallsRequest } from '../../../parley/room/v1/ListCallsRequest.ts';
import type { ListCallsResponseInput as _parley_room_v1_ListCallsResponseInput, ListCallsResponse as _parley_room_v1_ListCallsResponse } from '../../../parley/room/v1/ListCallsResponse.ts';
import type { ListDeadFilesRequestInput as _parley_room_v1_ListDeadFilesRequestInput, ListDeadFilesRequest as _parley_room_v1_ListDeadFilesRequest } from '../../../parley/room/v1/ListDeadFilesRequest.ts';
import type { ListDeadFilesResponseInput as _parley_room_v1_ListDeadFilesResponseInput, ListDeadFilesResponse as _parley_room_v1_ListDeadFilesResponse } from '../../../parley/room/v1/ListDeadFilesResponse.ts';
import type { ListLiveRoomsRequestInput as _parley_room_v1_ListLiveRoomsRequestInput, ListLiveRoomsRequest as _parley_room_v1_ListLiveRoomsRequest } from '../../../parley/room/v1/ListLiveRoomsRequest.ts';
import type { ListLiveRoomsResponseInput as _parley_room_v1_ListLiveRoomsResponseInput, ListLiveRoomsResponse as _parley_room_v1_ListLiveRoomsResponse } from '../../../parley/room/v1/ListLiveRoomsResponse.ts';
import type { ListRegionsRequestInput as _parley_room_v1_ListRegionsRequestInput, ListRegionsRequest as _parley_room_v1_ListRegionsRequest } from '../../../parley/room/v1/ListRegionsRequest.ts';
import type { ListRegionsResponseInput as _parley_room_v1_ListRegionsResponseInput, ListRegionsResponse as _parley_room_v1_ListRegionsResponse } from '../../../parley/room/v1/ListRegionsResponse.ts';
import type { ListRoomsRequestInput as _parley_room_v1_ListRoomsRequestInput, ListRoomsRequest as _parley_room_v1_ListRoomsRequest } from '../../../parley/room/v1/ListRoomsRequest.ts';
import type { ListRoomsResponseInput as _parley_room_v1_ListRoomsResponseInput, ListRoomsResponse as _parley_room_v1_ListRoomsResponse } from '../../../parley/room/v1/ListRoomsResponse.ts';
import type { ListVisitsRequestInput as _parley_room_v1_ListVisitsRequestInput, ListVisitsRequest as _parley_room_v1_ListVisitsRequest } from '../../../parley/room/v1/ListVisitsRequest.ts';
import type { ListVisitsResponseInput as _parley_room_v1_ListVisitsResponseInput, ListVisitsResponse as _parley_room_v1_ListVisitsResponse } from '../../../parley/room/v1/ListVisitsResponse.ts';
import type { SayGoodbyeRequestInput as _parley_room_v1_SayGoodbyeRequestInput, SayGoodbyeRequest as _parley_room_v1_SayGoodbyeRequest } from '../../../parley/room/v1/SayGoodbyeRequest.ts';
import type { SayGoodbyeResponseInput as _parley_room_v1_SayGoodbyeResponseInput, SayGoodbyeResponse as _parley_room_v1_SayGoodbyeResponse } from '../../../parley/room/v1/SayGoodbyeResponse.ts';
import type { UnbanRequestInput as _parley_room_v1_UnbanRequestInput, UnbanRequest as _parley_room_v1_UnbanRequest } from '../../../parley/room/v1/UnbanRequest.ts';
import type { UnbanResponseInput as _parley_room_v1_UnbanResponseInput, UnbanResponse as _parley_room_v1_UnbanResponse } from '../../../parley/room/v1/UnbanResponse.ts';

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
  
  /**
   * For the owner and the hosts. Applies to the running call at once.
   */
  ChangeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  ChangeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  ChangeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  ChangeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  /**
   * For the owner and the hosts. Applies to the running call at once.
   */
  changeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  changeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  changeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  changeRoom(argument: _parley_room_v1_ChangeRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_ChangeRoomResponse>): grpc.ClientUnaryCall;
  
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  CreateRoom(argument: _parley_room_v1_CreateRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  createRoom(argument: _parley_room_v1_CreateRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_CreateRoomResponse>): grpc.ClientUnaryCall;
  
  /**
   * For the owner. Ends the call that runs, and deletes what belongs to the room.
   */
  DeleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  DeleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  DeleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  DeleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  /**
   * For the owner. Ends the call that runs, and deletes what belongs to the room.
   */
  deleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  deleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  deleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  deleteRoom(argument: _parley_room_v1_DeleteRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_DeleteRoomResponse>): grpc.ClientUnaryCall;
  
  /**
   * For operators: ends the call that runs in a room. The room stays.
   */
  EndLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  EndLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  EndLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  EndLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  /**
   * For operators: ends the call that runs in a room. The room stays.
   */
  endLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  endLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  endLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  endLiveRoom(argument: _parley_room_v1_EndLiveRoomRequestInput, callback: grpc.requestCallback<_parley_room_v1_EndLiveRoomResponse>): grpc.ClientUnaryCall;
  
  /**
   * For an account that is deleted: takes its name out of what is stored, and deletes its rooms or hands them over.
   */
  EraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  EraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  EraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  EraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  /**
   * For an account that is deleted: takes its name out of what is stored, and deletes its rooms or hands them over.
   */
  eraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  eraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  eraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  eraseIdentity(argument: _parley_room_v1_EraseIdentityRequestInput, callback: grpc.requestCallback<_parley_room_v1_EraseIdentityResponse>): grpc.ClientUnaryCall;
  
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
  
  GetCall(argument: _parley_room_v1_GetCallRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  GetCall(argument: _parley_room_v1_GetCallRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  GetCall(argument: _parley_room_v1_GetCallRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  GetCall(argument: _parley_room_v1_GetCallRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  getCall(argument: _parley_room_v1_GetCallRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  getCall(argument: _parley_room_v1_GetCallRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  getCall(argument: _parley_room_v1_GetCallRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  getCall(argument: _parley_room_v1_GetCallRequestInput, callback: grpc.requestCallback<_parley_room_v1_GetCallResponse>): grpc.ClientUnaryCall;
  
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
   * For the owner and the hosts.
   */
  ListBans(argument: _parley_room_v1_ListBansRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  ListBans(argument: _parley_room_v1_ListBansRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  ListBans(argument: _parley_room_v1_ListBansRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  ListBans(argument: _parley_room_v1_ListBansRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  /**
   * For the owner and the hosts.
   */
  listBans(argument: _parley_room_v1_ListBansRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  listBans(argument: _parley_room_v1_ListBansRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  listBans(argument: _parley_room_v1_ListBansRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  listBans(argument: _parley_room_v1_ListBansRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListBansResponse>): grpc.ClientUnaryCall;
  
  /**
   * The calls of a room, for its owner, the newest first.
   */
  ListCalls(argument: _parley_room_v1_ListCallsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  ListCalls(argument: _parley_room_v1_ListCallsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  ListCalls(argument: _parley_room_v1_ListCallsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  ListCalls(argument: _parley_room_v1_ListCallsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  /**
   * The calls of a room, for its owner, the newest first.
   */
  listCalls(argument: _parley_room_v1_ListCallsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  listCalls(argument: _parley_room_v1_ListCallsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  listCalls(argument: _parley_room_v1_ListCallsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  listCalls(argument: _parley_room_v1_ListCallsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListCallsResponse>): grpc.ClientUnaryCall;
  
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
  
  /**
   * For operators: the rooms with people in them, on all instances.
   */
  ListLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  ListLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  ListLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  ListLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  /**
   * For operators: the rooms with people in them, on all instances.
   */
  listLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  listLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  listLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  listLiveRooms(argument: _parley_room_v1_ListLiveRoomsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListLiveRoomsResponse>): grpc.ClientUnaryCall;
  
  /**
   * The regions in which media nodes accept people now, in the order of their names.
   */
  ListRegions(argument: _parley_room_v1_ListRegionsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  ListRegions(argument: _parley_room_v1_ListRegionsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  ListRegions(argument: _parley_room_v1_ListRegionsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  ListRegions(argument: _parley_room_v1_ListRegionsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  /**
   * The regions in which media nodes accept people now, in the order of their names.
   */
  listRegions(argument: _parley_room_v1_ListRegionsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  listRegions(argument: _parley_room_v1_ListRegionsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  listRegions(argument: _parley_room_v1_ListRegionsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  listRegions(argument: _parley_room_v1_ListRegionsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListRegionsResponse>): grpc.ClientUnaryCall;
  
  /**
   * The rooms that belong to the caller, the newest first.
   */
  ListRooms(argument: _parley_room_v1_ListRoomsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  ListRooms(argument: _parley_room_v1_ListRoomsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  ListRooms(argument: _parley_room_v1_ListRoomsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  ListRooms(argument: _parley_room_v1_ListRoomsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  /**
   * The rooms that belong to the caller, the newest first.
   */
  listRooms(argument: _parley_room_v1_ListRoomsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  listRooms(argument: _parley_room_v1_ListRoomsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  listRooms(argument: _parley_room_v1_ListRoomsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  listRooms(argument: _parley_room_v1_ListRoomsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListRoomsResponse>): grpc.ClientUnaryCall;
  
  /**
   * The calls that the caller was in, the newest first.
   */
  ListVisits(argument: _parley_room_v1_ListVisitsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  ListVisits(argument: _parley_room_v1_ListVisitsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  ListVisits(argument: _parley_room_v1_ListVisitsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  ListVisits(argument: _parley_room_v1_ListVisitsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  /**
   * The calls that the caller was in, the newest first.
   */
  listVisits(argument: _parley_room_v1_ListVisitsRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  listVisits(argument: _parley_room_v1_ListVisitsRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  listVisits(argument: _parley_room_v1_ListVisitsRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  listVisits(argument: _parley_room_v1_ListVisitsRequestInput, callback: grpc.requestCallback<_parley_room_v1_ListVisitsResponse>): grpc.ClientUnaryCall;
  
  /**
   * The page of a peer goes away. Repeating it is harmless.
   */
  SayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  SayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  SayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  SayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  /**
   * The page of a peer goes away. Repeating it is harmless.
   */
  sayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  sayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  sayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  sayGoodbye(argument: _parley_room_v1_SayGoodbyeRequestInput, callback: grpc.requestCallback<_parley_room_v1_SayGoodbyeResponse>): grpc.ClientUnaryCall;
  
  Unban(argument: _parley_room_v1_UnbanRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  Unban(argument: _parley_room_v1_UnbanRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  Unban(argument: _parley_room_v1_UnbanRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  Unban(argument: _parley_room_v1_UnbanRequestInput, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  unban(argument: _parley_room_v1_UnbanRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  unban(argument: _parley_room_v1_UnbanRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  unban(argument: _parley_room_v1_UnbanRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  unban(argument: _parley_room_v1_UnbanRequestInput, callback: grpc.requestCallback<_parley_room_v1_UnbanResponse>): grpc.ClientUnaryCall;
  
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
  
  /**
   * For the owner and the hosts. Applies to the running call at once.
   */
  ChangeRoom: grpc.handleUnaryCall<_parley_room_v1_ChangeRoomRequest, _parley_room_v1_ChangeRoomResponseInput>;
  
  CreateRoom: grpc.handleUnaryCall<_parley_room_v1_CreateRoomRequest, _parley_room_v1_CreateRoomResponseInput>;
  
  /**
   * For the owner. Ends the call that runs, and deletes what belongs to the room.
   */
  DeleteRoom: grpc.handleUnaryCall<_parley_room_v1_DeleteRoomRequest, _parley_room_v1_DeleteRoomResponseInput>;
  
  /**
   * For operators: ends the call that runs in a room. The room stays.
   */
  EndLiveRoom: grpc.handleUnaryCall<_parley_room_v1_EndLiveRoomRequest, _parley_room_v1_EndLiveRoomResponseInput>;
  
  /**
   * For an account that is deleted: takes its name out of what is stored, and deletes its rooms or hands them over.
   */
  EraseIdentity: grpc.handleUnaryCall<_parley_room_v1_EraseIdentityRequest, _parley_room_v1_EraseIdentityResponseInput>;
  
  /**
   * The bytes are stored. Repeating it is harmless.
   */
  FinishUpload: grpc.handleUnaryCall<_parley_room_v1_FinishUploadRequest, _parley_room_v1_FinishUploadResponseInput>;
  
  /**
   * The bytes of these files are deleted: they are dead, or did not arrive whole. Repeating it is harmless.
   */
  ForgetFiles: grpc.handleUnaryCall<_parley_room_v1_ForgetFilesRequest, _parley_room_v1_ForgetFilesResponseInput>;
  
  GetCall: grpc.handleUnaryCall<_parley_room_v1_GetCallRequest, _parley_room_v1_GetCallResponseInput>;
  
  /**
   * What a link leads to.
   */
  GetFile: grpc.handleUnaryCall<_parley_room_v1_GetFileRequest, _parley_room_v1_GetFileResponseInput>;
  
  GetRoom: grpc.handleUnaryCall<_parley_room_v1_GetRoomRequest, _parley_room_v1_GetRoomResponseInput>;
  
  /**
   * For the owner and the hosts.
   */
  ListBans: grpc.handleUnaryCall<_parley_room_v1_ListBansRequest, _parley_room_v1_ListBansResponseInput>;
  
  /**
   * The calls of a room, for its owner, the newest first.
   */
  ListCalls: grpc.handleUnaryCall<_parley_room_v1_ListCallsRequest, _parley_room_v1_ListCallsResponseInput>;
  
  /**
   * Files that belong to no message any more, or were never sent. Their bytes are to be deleted.
   */
  ListDeadFiles: grpc.handleUnaryCall<_parley_room_v1_ListDeadFilesRequest, _parley_room_v1_ListDeadFilesResponseInput>;
  
  /**
   * For operators: the rooms with people in them, on all instances.
   */
  ListLiveRooms: grpc.handleUnaryCall<_parley_room_v1_ListLiveRoomsRequest, _parley_room_v1_ListLiveRoomsResponseInput>;
  
  /**
   * The regions in which media nodes accept people now, in the order of their names.
   */
  ListRegions: grpc.handleUnaryCall<_parley_room_v1_ListRegionsRequest, _parley_room_v1_ListRegionsResponseInput>;
  
  /**
   * The rooms that belong to the caller, the newest first.
   */
  ListRooms: grpc.handleUnaryCall<_parley_room_v1_ListRoomsRequest, _parley_room_v1_ListRoomsResponseInput>;
  
  /**
   * The calls that the caller was in, the newest first.
   */
  ListVisits: grpc.handleUnaryCall<_parley_room_v1_ListVisitsRequest, _parley_room_v1_ListVisitsResponseInput>;
  
  /**
   * The page of a peer goes away. Repeating it is harmless.
   */
  SayGoodbye: grpc.handleUnaryCall<_parley_room_v1_SayGoodbyeRequest, _parley_room_v1_SayGoodbyeResponseInput>;
  
  Unban: grpc.handleUnaryCall<_parley_room_v1_UnbanRequest, _parley_room_v1_UnbanResponseInput>;
  
}

export interface RoomServiceDefinition extends grpc.ServiceDefinition {
  AuthorizeJoin: MethodDefinition<_parley_room_v1_AuthorizeJoinRequestInput, _parley_room_v1_AuthorizeJoinResponseInput, _parley_room_v1_AuthorizeJoinRequest, _parley_room_v1_AuthorizeJoinResponse>
  BeginUpload: MethodDefinition<_parley_room_v1_BeginUploadRequestInput, _parley_room_v1_BeginUploadResponseInput, _parley_room_v1_BeginUploadRequest, _parley_room_v1_BeginUploadResponse>
  ChangeRoom: MethodDefinition<_parley_room_v1_ChangeRoomRequestInput, _parley_room_v1_ChangeRoomResponseInput, _parley_room_v1_ChangeRoomRequest, _parley_room_v1_ChangeRoomResponse>
  CreateRoom: MethodDefinition<_parley_room_v1_CreateRoomRequestInput, _parley_room_v1_CreateRoomResponseInput, _parley_room_v1_CreateRoomRequest, _parley_room_v1_CreateRoomResponse>
  DeleteRoom: MethodDefinition<_parley_room_v1_DeleteRoomRequestInput, _parley_room_v1_DeleteRoomResponseInput, _parley_room_v1_DeleteRoomRequest, _parley_room_v1_DeleteRoomResponse>
  EndLiveRoom: MethodDefinition<_parley_room_v1_EndLiveRoomRequestInput, _parley_room_v1_EndLiveRoomResponseInput, _parley_room_v1_EndLiveRoomRequest, _parley_room_v1_EndLiveRoomResponse>
  EraseIdentity: MethodDefinition<_parley_room_v1_EraseIdentityRequestInput, _parley_room_v1_EraseIdentityResponseInput, _parley_room_v1_EraseIdentityRequest, _parley_room_v1_EraseIdentityResponse>
  FinishUpload: MethodDefinition<_parley_room_v1_FinishUploadRequestInput, _parley_room_v1_FinishUploadResponseInput, _parley_room_v1_FinishUploadRequest, _parley_room_v1_FinishUploadResponse>
  ForgetFiles: MethodDefinition<_parley_room_v1_ForgetFilesRequestInput, _parley_room_v1_ForgetFilesResponseInput, _parley_room_v1_ForgetFilesRequest, _parley_room_v1_ForgetFilesResponse>
  GetCall: MethodDefinition<_parley_room_v1_GetCallRequestInput, _parley_room_v1_GetCallResponseInput, _parley_room_v1_GetCallRequest, _parley_room_v1_GetCallResponse>
  GetFile: MethodDefinition<_parley_room_v1_GetFileRequestInput, _parley_room_v1_GetFileResponseInput, _parley_room_v1_GetFileRequest, _parley_room_v1_GetFileResponse>
  GetRoom: MethodDefinition<_parley_room_v1_GetRoomRequestInput, _parley_room_v1_GetRoomResponseInput, _parley_room_v1_GetRoomRequest, _parley_room_v1_GetRoomResponse>
  ListBans: MethodDefinition<_parley_room_v1_ListBansRequestInput, _parley_room_v1_ListBansResponseInput, _parley_room_v1_ListBansRequest, _parley_room_v1_ListBansResponse>
  ListCalls: MethodDefinition<_parley_room_v1_ListCallsRequestInput, _parley_room_v1_ListCallsResponseInput, _parley_room_v1_ListCallsRequest, _parley_room_v1_ListCallsResponse>
  ListDeadFiles: MethodDefinition<_parley_room_v1_ListDeadFilesRequestInput, _parley_room_v1_ListDeadFilesResponseInput, _parley_room_v1_ListDeadFilesRequest, _parley_room_v1_ListDeadFilesResponse>
  ListLiveRooms: MethodDefinition<_parley_room_v1_ListLiveRoomsRequestInput, _parley_room_v1_ListLiveRoomsResponseInput, _parley_room_v1_ListLiveRoomsRequest, _parley_room_v1_ListLiveRoomsResponse>
  ListRegions: MethodDefinition<_parley_room_v1_ListRegionsRequestInput, _parley_room_v1_ListRegionsResponseInput, _parley_room_v1_ListRegionsRequest, _parley_room_v1_ListRegionsResponse>
  ListRooms: MethodDefinition<_parley_room_v1_ListRoomsRequestInput, _parley_room_v1_ListRoomsResponseInput, _parley_room_v1_ListRoomsRequest, _parley_room_v1_ListRoomsResponse>
  ListVisits: MethodDefinition<_parley_room_v1_ListVisitsRequestInput, _parley_room_v1_ListVisitsResponseInput, _parley_room_v1_ListVisitsRequest, _parley_room_v1_ListVisitsResponse>
  SayGoodbye: MethodDefinition<_parley_room_v1_SayGoodbyeRequestInput, _parley_room_v1_SayGoodbyeResponseInput, _parley_room_v1_SayGoodbyeRequest, _parley_room_v1_SayGoodbyeResponse>
  Unban: MethodDefinition<_parley_room_v1_UnbanRequestInput, _parley_room_v1_UnbanResponseInput, _parley_room_v1_UnbanRequest, _parley_room_v1_UnbanResponse>
}

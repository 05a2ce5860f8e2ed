import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AttendanceInput as _parley_room_v1_AttendanceInput, Attendance as _parley_room_v1_Attendance } from './parley/room/v1/Attendance.ts';
import type { AuthorizeJoinRequestInput as _parley_room_v1_AuthorizeJoinRequestInput, AuthorizeJoinRequest as _parley_room_v1_AuthorizeJoinRequest } from './parley/room/v1/AuthorizeJoinRequest.ts';
import type { AuthorizeJoinResponseInput as _parley_room_v1_AuthorizeJoinResponseInput, AuthorizeJoinResponse as _parley_room_v1_AuthorizeJoinResponse } from './parley/room/v1/AuthorizeJoinResponse.ts';
import type { BanInput as _parley_room_v1_BanInput, Ban as _parley_room_v1_Ban } from './parley/room/v1/Ban.ts';
import type { BeginUploadRequestInput as _parley_room_v1_BeginUploadRequestInput, BeginUploadRequest as _parley_room_v1_BeginUploadRequest } from './parley/room/v1/BeginUploadRequest.ts';
import type { BeginUploadResponseInput as _parley_room_v1_BeginUploadResponseInput, BeginUploadResponse as _parley_room_v1_BeginUploadResponse } from './parley/room/v1/BeginUploadResponse.ts';
import type { CallerInput as _parley_room_v1_CallerInput, Caller as _parley_room_v1_Caller } from './parley/room/v1/Caller.ts';
import type { ChangeRoomRequestInput as _parley_room_v1_ChangeRoomRequestInput, ChangeRoomRequest as _parley_room_v1_ChangeRoomRequest } from './parley/room/v1/ChangeRoomRequest.ts';
import type { ChangeRoomResponseInput as _parley_room_v1_ChangeRoomResponseInput, ChangeRoomResponse as _parley_room_v1_ChangeRoomResponse } from './parley/room/v1/ChangeRoomResponse.ts';
import type { CreateRoomRequestInput as _parley_room_v1_CreateRoomRequestInput, CreateRoomRequest as _parley_room_v1_CreateRoomRequest } from './parley/room/v1/CreateRoomRequest.ts';
import type { CreateRoomResponseInput as _parley_room_v1_CreateRoomResponseInput, CreateRoomResponse as _parley_room_v1_CreateRoomResponse } from './parley/room/v1/CreateRoomResponse.ts';
import type { DeleteRoomRequestInput as _parley_room_v1_DeleteRoomRequestInput, DeleteRoomRequest as _parley_room_v1_DeleteRoomRequest } from './parley/room/v1/DeleteRoomRequest.ts';
import type { DeleteRoomResponseInput as _parley_room_v1_DeleteRoomResponseInput, DeleteRoomResponse as _parley_room_v1_DeleteRoomResponse } from './parley/room/v1/DeleteRoomResponse.ts';
import type { EndLiveRoomRequestInput as _parley_room_v1_EndLiveRoomRequestInput, EndLiveRoomRequest as _parley_room_v1_EndLiveRoomRequest } from './parley/room/v1/EndLiveRoomRequest.ts';
import type { EndLiveRoomResponseInput as _parley_room_v1_EndLiveRoomResponseInput, EndLiveRoomResponse as _parley_room_v1_EndLiveRoomResponse } from './parley/room/v1/EndLiveRoomResponse.ts';
import type { EraseIdentityRequestInput as _parley_room_v1_EraseIdentityRequestInput, EraseIdentityRequest as _parley_room_v1_EraseIdentityRequest } from './parley/room/v1/EraseIdentityRequest.ts';
import type { EraseIdentityResponseInput as _parley_room_v1_EraseIdentityResponseInput, EraseIdentityResponse as _parley_room_v1_EraseIdentityResponse } from './parley/room/v1/EraseIdentityResponse.ts';
import type { FinishUploadRequestInput as _parley_room_v1_FinishUploadRequestInput, FinishUploadRequest as _parley_room_v1_FinishUploadRequest } from './parley/room/v1/FinishUploadRequest.ts';
import type { FinishUploadResponseInput as _parley_room_v1_FinishUploadResponseInput, FinishUploadResponse as _parley_room_v1_FinishUploadResponse } from './parley/room/v1/FinishUploadResponse.ts';
import type { ForgetFilesRequestInput as _parley_room_v1_ForgetFilesRequestInput, ForgetFilesRequest as _parley_room_v1_ForgetFilesRequest } from './parley/room/v1/ForgetFilesRequest.ts';
import type { ForgetFilesResponseInput as _parley_room_v1_ForgetFilesResponseInput, ForgetFilesResponse as _parley_room_v1_ForgetFilesResponse } from './parley/room/v1/ForgetFilesResponse.ts';
import type { GetCallRequestInput as _parley_room_v1_GetCallRequestInput, GetCallRequest as _parley_room_v1_GetCallRequest } from './parley/room/v1/GetCallRequest.ts';
import type { GetCallResponseInput as _parley_room_v1_GetCallResponseInput, GetCallResponse as _parley_room_v1_GetCallResponse } from './parley/room/v1/GetCallResponse.ts';
import type { GetFileRequestInput as _parley_room_v1_GetFileRequestInput, GetFileRequest as _parley_room_v1_GetFileRequest } from './parley/room/v1/GetFileRequest.ts';
import type { GetFileResponseInput as _parley_room_v1_GetFileResponseInput, GetFileResponse as _parley_room_v1_GetFileResponse } from './parley/room/v1/GetFileResponse.ts';
import type { GetRoomRequestInput as _parley_room_v1_GetRoomRequestInput, GetRoomRequest as _parley_room_v1_GetRoomRequest } from './parley/room/v1/GetRoomRequest.ts';
import type { GetRoomResponseInput as _parley_room_v1_GetRoomResponseInput, GetRoomResponse as _parley_room_v1_GetRoomResponse } from './parley/room/v1/GetRoomResponse.ts';
import type { ListBansRequestInput as _parley_room_v1_ListBansRequestInput, ListBansRequest as _parley_room_v1_ListBansRequest } from './parley/room/v1/ListBansRequest.ts';
import type { ListBansResponseInput as _parley_room_v1_ListBansResponseInput, ListBansResponse as _parley_room_v1_ListBansResponse } from './parley/room/v1/ListBansResponse.ts';
import type { ListCallsRequestInput as _parley_room_v1_ListCallsRequestInput, ListCallsRequest as _parley_room_v1_ListCallsRequest } from './parley/room/v1/ListCallsRequest.ts';
import type { ListCallsResponseInput as _parley_room_v1_ListCallsResponseInput, ListCallsResponse as _parley_room_v1_ListCallsResponse } from './parley/room/v1/ListCallsResponse.ts';
import type { ListDeadFilesRequestInput as _parley_room_v1_ListDeadFilesRequestInput, ListDeadFilesRequest as _parley_room_v1_ListDeadFilesRequest } from './parley/room/v1/ListDeadFilesRequest.ts';
import type { ListDeadFilesResponseInput as _parley_room_v1_ListDeadFilesResponseInput, ListDeadFilesResponse as _parley_room_v1_ListDeadFilesResponse } from './parley/room/v1/ListDeadFilesResponse.ts';
import type { ListLiveRoomsRequestInput as _parley_room_v1_ListLiveRoomsRequestInput, ListLiveRoomsRequest as _parley_room_v1_ListLiveRoomsRequest } from './parley/room/v1/ListLiveRoomsRequest.ts';
import type { ListLiveRoomsResponseInput as _parley_room_v1_ListLiveRoomsResponseInput, ListLiveRoomsResponse as _parley_room_v1_ListLiveRoomsResponse } from './parley/room/v1/ListLiveRoomsResponse.ts';
import type { ListRegionsRequestInput as _parley_room_v1_ListRegionsRequestInput, ListRegionsRequest as _parley_room_v1_ListRegionsRequest } from './parley/room/v1/ListRegionsRequest.ts';
import type { ListRegionsResponseInput as _parley_room_v1_ListRegionsResponseInput, ListRegionsResponse as _parley_room_v1_ListRegionsResponse } from './parley/room/v1/ListRegionsResponse.ts';
import type { ListRoomsRequestInput as _parley_room_v1_ListRoomsRequestInput, ListRoomsRequest as _parley_room_v1_ListRoomsRequest } from './parley/room/v1/ListRoomsRequest.ts';
import type { ListRoomsResponseInput as _parley_room_v1_ListRoomsResponseInput, ListRoomsResponse as _parley_room_v1_ListRoomsResponse } from './parley/room/v1/ListRoomsResponse.ts';
import type { ListVisitsRequestInput as _parley_room_v1_ListVisitsRequestInput, ListVisitsRequest as _parley_room_v1_ListVisitsRequest } from './parley/room/v1/ListVisitsRequest.ts';
import type { ListVisitsResponseInput as _parley_room_v1_ListVisitsResponseInput, ListVisitsResponse as _parley_room_v1_ListVisitsResponse } from './parley/room/v1/ListVisitsResponse.ts';
import type { LiveRoomInput as _parley_room_v1_LiveRoomInput, LiveRoom as _parley_room_v1_LiveRoom } from './parley/room/v1/LiveRoom.ts';
import type { PastActInput as _parley_room_v1_PastActInput, PastAct as _parley_room_v1_PastAct } from './parley/room/v1/PastAct.ts';
import type { PastCallInput as _parley_room_v1_PastCallInput, PastCall as _parley_room_v1_PastCall } from './parley/room/v1/PastCall.ts';
import type { PastMessageInput as _parley_room_v1_PastMessageInput, PastMessage as _parley_room_v1_PastMessage } from './parley/room/v1/PastMessage.ts';
import type { ProbeAddressInput as _parley_room_v1_ProbeAddressInput, ProbeAddress as _parley_room_v1_ProbeAddress } from './parley/room/v1/ProbeAddress.ts';
import type { RegionInput as _parley_room_v1_RegionInput, Region as _parley_room_v1_Region } from './parley/room/v1/Region.ts';
import type { RoomInput as _parley_room_v1_RoomInput, Room as _parley_room_v1_Room } from './parley/room/v1/Room.ts';
import type { RoomServiceClient as _parley_room_v1_RoomServiceClient, RoomServiceDefinition as _parley_room_v1_RoomServiceDefinition } from './parley/room/v1/RoomService.ts';
import type { RoomSettingsInput as _parley_room_v1_RoomSettingsInput, RoomSettings as _parley_room_v1_RoomSettings } from './parley/room/v1/RoomSettings.ts';
import type { RoomSettingsChangeInput as _parley_room_v1_RoomSettingsChangeInput, RoomSettingsChange as _parley_room_v1_RoomSettingsChange } from './parley/room/v1/RoomSettingsChange.ts';
import type { SayGoodbyeRequestInput as _parley_room_v1_SayGoodbyeRequestInput, SayGoodbyeRequest as _parley_room_v1_SayGoodbyeRequest } from './parley/room/v1/SayGoodbyeRequest.ts';
import type { SayGoodbyeResponseInput as _parley_room_v1_SayGoodbyeResponseInput, SayGoodbyeResponse as _parley_room_v1_SayGoodbyeResponse } from './parley/room/v1/SayGoodbyeResponse.ts';
import type { UnbanRequestInput as _parley_room_v1_UnbanRequestInput, UnbanRequest as _parley_room_v1_UnbanRequest } from './parley/room/v1/UnbanRequest.ts';
import type { UnbanResponseInput as _parley_room_v1_UnbanResponseInput, UnbanResponse as _parley_room_v1_UnbanResponse } from './parley/room/v1/UnbanResponse.ts';
import type { VisitInput as _parley_room_v1_VisitInput, Visit as _parley_room_v1_Visit } from './parley/room/v1/Visit.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  parley: {
    room: {
      v1: {
        Attendance: MessageTypeDefinition<_parley_room_v1_AttendanceInput, _parley_room_v1_Attendance>
        AuthorizeJoinRequest: MessageTypeDefinition<_parley_room_v1_AuthorizeJoinRequestInput, _parley_room_v1_AuthorizeJoinRequest>
        AuthorizeJoinResponse: MessageTypeDefinition<_parley_room_v1_AuthorizeJoinResponseInput, _parley_room_v1_AuthorizeJoinResponse>
        Ban: MessageTypeDefinition<_parley_room_v1_BanInput, _parley_room_v1_Ban>
        BeginUploadRequest: MessageTypeDefinition<_parley_room_v1_BeginUploadRequestInput, _parley_room_v1_BeginUploadRequest>
        BeginUploadResponse: MessageTypeDefinition<_parley_room_v1_BeginUploadResponseInput, _parley_room_v1_BeginUploadResponse>
        Caller: MessageTypeDefinition<_parley_room_v1_CallerInput, _parley_room_v1_Caller>
        ChangeRoomRequest: MessageTypeDefinition<_parley_room_v1_ChangeRoomRequestInput, _parley_room_v1_ChangeRoomRequest>
        ChangeRoomResponse: MessageTypeDefinition<_parley_room_v1_ChangeRoomResponseInput, _parley_room_v1_ChangeRoomResponse>
        CreateRoomRequest: MessageTypeDefinition<_parley_room_v1_CreateRoomRequestInput, _parley_room_v1_CreateRoomRequest>
        CreateRoomResponse: MessageTypeDefinition<_parley_room_v1_CreateRoomResponseInput, _parley_room_v1_CreateRoomResponse>
        DeleteRoomRequest: MessageTypeDefinition<_parley_room_v1_DeleteRoomRequestInput, _parley_room_v1_DeleteRoomRequest>
        DeleteRoomResponse: MessageTypeDefinition<_parley_room_v1_DeleteRoomResponseInput, _parley_room_v1_DeleteRoomResponse>
        EndLiveRoomRequest: MessageTypeDefinition<_parley_room_v1_EndLiveRoomRequestInput, _parley_room_v1_EndLiveRoomRequest>
        EndLiveRoomResponse: MessageTypeDefinition<_parley_room_v1_EndLiveRoomResponseInput, _parley_room_v1_EndLiveRoomResponse>
        EraseIdentityRequest: MessageTypeDefinition<_parley_room_v1_EraseIdentityRequestInput, _parley_room_v1_EraseIdentityRequest>
        EraseIdentityResponse: MessageTypeDefinition<_parley_room_v1_EraseIdentityResponseInput, _parley_room_v1_EraseIdentityResponse>
        FinishUploadRequest: MessageTypeDefinition<_parley_room_v1_FinishUploadRequestInput, _parley_room_v1_FinishUploadRequest>
        FinishUploadResponse: MessageTypeDefinition<_parley_room_v1_FinishUploadResponseInput, _parley_room_v1_FinishUploadResponse>
        ForgetFilesRequest: MessageTypeDefinition<_parley_room_v1_ForgetFilesRequestInput, _parley_room_v1_ForgetFilesRequest>
        ForgetFilesResponse: MessageTypeDefinition<_parley_room_v1_ForgetFilesResponseInput, _parley_room_v1_ForgetFilesResponse>
        GetCallRequest: MessageTypeDefinition<_parley_room_v1_GetCallRequestInput, _parley_room_v1_GetCallRequest>
        GetCallResponse: MessageTypeDefinition<_parley_room_v1_GetCallResponseInput, _parley_room_v1_GetCallResponse>
        GetFileRequest: MessageTypeDefinition<_parley_room_v1_GetFileRequestInput, _parley_room_v1_GetFileRequest>
        GetFileResponse: MessageTypeDefinition<_parley_room_v1_GetFileResponseInput, _parley_room_v1_GetFileResponse>
        GetRoomRequest: MessageTypeDefinition<_parley_room_v1_GetRoomRequestInput, _parley_room_v1_GetRoomRequest>
        GetRoomResponse: MessageTypeDefinition<_parley_room_v1_GetRoomResponseInput, _parley_room_v1_GetRoomResponse>
        ListBansRequest: MessageTypeDefinition<_parley_room_v1_ListBansRequestInput, _parley_room_v1_ListBansRequest>
        ListBansResponse: MessageTypeDefinition<_parley_room_v1_ListBansResponseInput, _parley_room_v1_ListBansResponse>
        ListCallsRequest: MessageTypeDefinition<_parley_room_v1_ListCallsRequestInput, _parley_room_v1_ListCallsRequest>
        ListCallsResponse: MessageTypeDefinition<_parley_room_v1_ListCallsResponseInput, _parley_room_v1_ListCallsResponse>
        ListDeadFilesRequest: MessageTypeDefinition<_parley_room_v1_ListDeadFilesRequestInput, _parley_room_v1_ListDeadFilesRequest>
        ListDeadFilesResponse: MessageTypeDefinition<_parley_room_v1_ListDeadFilesResponseInput, _parley_room_v1_ListDeadFilesResponse>
        ListLiveRoomsRequest: MessageTypeDefinition<_parley_room_v1_ListLiveRoomsRequestInput, _parley_room_v1_ListLiveRoomsRequest>
        ListLiveRoomsResponse: MessageTypeDefinition<_parley_room_v1_ListLiveRoomsResponseInput, _parley_room_v1_ListLiveRoomsResponse>
        ListRegionsRequest: MessageTypeDefinition<_parley_room_v1_ListRegionsRequestInput, _parley_room_v1_ListRegionsRequest>
        ListRegionsResponse: MessageTypeDefinition<_parley_room_v1_ListRegionsResponseInput, _parley_room_v1_ListRegionsResponse>
        ListRoomsRequest: MessageTypeDefinition<_parley_room_v1_ListRoomsRequestInput, _parley_room_v1_ListRoomsRequest>
        ListRoomsResponse: MessageTypeDefinition<_parley_room_v1_ListRoomsResponseInput, _parley_room_v1_ListRoomsResponse>
        ListVisitsRequest: MessageTypeDefinition<_parley_room_v1_ListVisitsRequestInput, _parley_room_v1_ListVisitsRequest>
        ListVisitsResponse: MessageTypeDefinition<_parley_room_v1_ListVisitsResponseInput, _parley_room_v1_ListVisitsResponse>
        LiveRoom: MessageTypeDefinition<_parley_room_v1_LiveRoomInput, _parley_room_v1_LiveRoom>
        PastAct: MessageTypeDefinition<_parley_room_v1_PastActInput, _parley_room_v1_PastAct>
        PastCall: MessageTypeDefinition<_parley_room_v1_PastCallInput, _parley_room_v1_PastCall>
        PastMessage: MessageTypeDefinition<_parley_room_v1_PastMessageInput, _parley_room_v1_PastMessage>
        ProbeAddress: MessageTypeDefinition<_parley_room_v1_ProbeAddressInput, _parley_room_v1_ProbeAddress>
        Region: MessageTypeDefinition<_parley_room_v1_RegionInput, _parley_room_v1_Region>
        Room: MessageTypeDefinition<_parley_room_v1_RoomInput, _parley_room_v1_Room>
        RoomService: SubtypeConstructor<typeof grpc.Client, _parley_room_v1_RoomServiceClient> & { service: _parley_room_v1_RoomServiceDefinition }
        RoomSettings: MessageTypeDefinition<_parley_room_v1_RoomSettingsInput, _parley_room_v1_RoomSettings>
        RoomSettingsChange: MessageTypeDefinition<_parley_room_v1_RoomSettingsChangeInput, _parley_room_v1_RoomSettingsChange>
        SayGoodbyeRequest: MessageTypeDefinition<_parley_room_v1_SayGoodbyeRequestInput, _parley_room_v1_SayGoodbyeRequest>
        SayGoodbyeResponse: MessageTypeDefinition<_parley_room_v1_SayGoodbyeResponseInput, _parley_room_v1_SayGoodbyeResponse>
        UnbanRequest: MessageTypeDefinition<_parley_room_v1_UnbanRequestInput, _parley_room_v1_UnbanRequest>
        UnbanResponse: MessageTypeDefinition<_parley_room_v1_UnbanResponseInput, _parley_room_v1_UnbanResponse>
        Visit: MessageTypeDefinition<_parley_room_v1_VisitInput, _parley_room_v1_Visit>
      }
    }
  }
}


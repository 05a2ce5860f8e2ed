import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AnswerInput as _parley_exchange_v1_AnswerInput, Answer as _parley_exchange_v1_Answer } from './parley/exchange/v1/Answer.ts';
import type { CallInput as _parley_exchange_v1_CallInput, Call as _parley_exchange_v1_Call } from './parley/exchange/v1/Call.ts';
import type { ExchangeRequestInput as _parley_exchange_v1_ExchangeRequestInput, ExchangeRequest as _parley_exchange_v1_ExchangeRequest } from './parley/exchange/v1/ExchangeRequest.ts';
import type { ExchangeResponseInput as _parley_exchange_v1_ExchangeResponseInput, ExchangeResponse as _parley_exchange_v1_ExchangeResponse } from './parley/exchange/v1/ExchangeResponse.ts';
import type { FailureInput as _parley_exchange_v1_FailureInput, Failure as _parley_exchange_v1_Failure } from './parley/exchange/v1/Failure.ts';
import type { CloseConsumersRequestInput as _parley_media_v1_CloseConsumersRequestInput, CloseConsumersRequest as _parley_media_v1_CloseConsumersRequest } from './parley/media/v1/CloseConsumersRequest.ts';
import type { CloseConsumersResponseInput as _parley_media_v1_CloseConsumersResponseInput, CloseConsumersResponse as _parley_media_v1_CloseConsumersResponse } from './parley/media/v1/CloseConsumersResponse.ts';
import type { ClosePeerRequestInput as _parley_media_v1_ClosePeerRequestInput, ClosePeerRequest as _parley_media_v1_ClosePeerRequest } from './parley/media/v1/ClosePeerRequest.ts';
import type { ClosePeerResponseInput as _parley_media_v1_ClosePeerResponseInput, ClosePeerResponse as _parley_media_v1_ClosePeerResponse } from './parley/media/v1/ClosePeerResponse.ts';
import type { CloseProducerRequestInput as _parley_media_v1_CloseProducerRequestInput, CloseProducerRequest as _parley_media_v1_CloseProducerRequest } from './parley/media/v1/CloseProducerRequest.ts';
import type { CloseProducerResponseInput as _parley_media_v1_CloseProducerResponseInput, CloseProducerResponse as _parley_media_v1_CloseProducerResponse } from './parley/media/v1/CloseProducerResponse.ts';
import type { CloseSendTransportRequestInput as _parley_media_v1_CloseSendTransportRequestInput, CloseSendTransportRequest as _parley_media_v1_CloseSendTransportRequest } from './parley/media/v1/CloseSendTransportRequest.ts';
import type { CloseSendTransportResponseInput as _parley_media_v1_CloseSendTransportResponseInput, CloseSendTransportResponse as _parley_media_v1_CloseSendTransportResponse } from './parley/media/v1/CloseSendTransportResponse.ts';
import type { ConnectTransportRequestInput as _parley_media_v1_ConnectTransportRequestInput, ConnectTransportRequest as _parley_media_v1_ConnectTransportRequest } from './parley/media/v1/ConnectTransportRequest.ts';
import type { ConnectTransportResponseInput as _parley_media_v1_ConnectTransportResponseInput, ConnectTransportResponse as _parley_media_v1_ConnectTransportResponse } from './parley/media/v1/ConnectTransportResponse.ts';
import type { ConsumeFailureInput as _parley_media_v1_ConsumeFailureInput, ConsumeFailure as _parley_media_v1_ConsumeFailure } from './parley/media/v1/ConsumeFailure.ts';
import type { ConsumeItemInput as _parley_media_v1_ConsumeItemInput, ConsumeItem as _parley_media_v1_ConsumeItem } from './parley/media/v1/ConsumeItem.ts';
import type { ConsumeRequestInput as _parley_media_v1_ConsumeRequestInput, ConsumeRequest as _parley_media_v1_ConsumeRequest } from './parley/media/v1/ConsumeRequest.ts';
import type { ConsumeResponseInput as _parley_media_v1_ConsumeResponseInput, ConsumeResponse as _parley_media_v1_ConsumeResponse } from './parley/media/v1/ConsumeResponse.ts';
import type { ConsumeResultInput as _parley_media_v1_ConsumeResultInput, ConsumeResult as _parley_media_v1_ConsumeResult } from './parley/media/v1/ConsumeResult.ts';
import type { ConsumerClosedInput as _parley_media_v1_ConsumerClosedInput, ConsumerClosed as _parley_media_v1_ConsumerClosed } from './parley/media/v1/ConsumerClosed.ts';
import type { ConsumerLayersInput as _parley_media_v1_ConsumerLayersInput, ConsumerLayers as _parley_media_v1_ConsumerLayers } from './parley/media/v1/ConsumerLayers.ts';
import type { ConsumerLayersChangedInput as _parley_media_v1_ConsumerLayersChangedInput, ConsumerLayersChanged as _parley_media_v1_ConsumerLayersChanged } from './parley/media/v1/ConsumerLayersChanged.ts';
import type { ConsumerParametersInput as _parley_media_v1_ConsumerParametersInput, ConsumerParameters as _parley_media_v1_ConsumerParameters } from './parley/media/v1/ConsumerParameters.ts';
import type { ConsumerScoredInput as _parley_media_v1_ConsumerScoredInput, ConsumerScored as _parley_media_v1_ConsumerScored } from './parley/media/v1/ConsumerScored.ts';
import type { FindPeerRequestInput as _parley_media_v1_FindPeerRequestInput, FindPeerRequest as _parley_media_v1_FindPeerRequest } from './parley/media/v1/FindPeerRequest.ts';
import type { FindPeerResponseInput as _parley_media_v1_FindPeerResponseInput, FindPeerResponse as _parley_media_v1_FindPeerResponse } from './parley/media/v1/FindPeerResponse.ts';
import type { FindProducerRequestInput as _parley_media_v1_FindProducerRequestInput, FindProducerRequest as _parley_media_v1_FindProducerRequest } from './parley/media/v1/FindProducerRequest.ts';
import type { FindProducerResponseInput as _parley_media_v1_FindProducerResponseInput, FindProducerResponse as _parley_media_v1_FindProducerResponse } from './parley/media/v1/FindProducerResponse.ts';
import type { GetStatusRequestInput as _parley_media_v1_GetStatusRequestInput, GetStatusRequest as _parley_media_v1_GetStatusRequest } from './parley/media/v1/GetStatusRequest.ts';
import type { GetStatusResponseInput as _parley_media_v1_GetStatusResponseInput, GetStatusResponse as _parley_media_v1_GetStatusResponse } from './parley/media/v1/GetStatusResponse.ts';
import type { LinkCarriedInput as _parley_media_v1_LinkCarriedInput, LinkCarried as _parley_media_v1_LinkCarried } from './parley/media/v1/LinkCarried.ts';
import type { LinkCarryInput as _parley_media_v1_LinkCarryInput, LinkCarry as _parley_media_v1_LinkCarry } from './parley/media/v1/LinkCarry.ts';
import type { LinkDemandInput as _parley_media_v1_LinkDemandInput, LinkDemand as _parley_media_v1_LinkDemand } from './parley/media/v1/LinkDemand.ts';
import type { LinkDropInput as _parley_media_v1_LinkDropInput, LinkDrop as _parley_media_v1_LinkDrop } from './parley/media/v1/LinkDrop.ts';
import type { LinkDroppedInput as _parley_media_v1_LinkDroppedInput, LinkDropped as _parley_media_v1_LinkDropped } from './parley/media/v1/LinkDropped.ts';
import type { LinkOpenedInput as _parley_media_v1_LinkOpenedInput, LinkOpened as _parley_media_v1_LinkOpened } from './parley/media/v1/LinkOpened.ts';
import type { LinkOpeningInput as _parley_media_v1_LinkOpeningInput, LinkOpening as _parley_media_v1_LinkOpening } from './parley/media/v1/LinkOpening.ts';
import type { LinkPausedInput as _parley_media_v1_LinkPausedInput, LinkPaused as _parley_media_v1_LinkPaused } from './parley/media/v1/LinkPaused.ts';
import type { LinkRequestInput as _parley_media_v1_LinkRequestInput, LinkRequest as _parley_media_v1_LinkRequest } from './parley/media/v1/LinkRequest.ts';
import type { LinkResponseInput as _parley_media_v1_LinkResponseInput, LinkResponse as _parley_media_v1_LinkResponse } from './parley/media/v1/LinkResponse.ts';
import type { LinkVoiceInput as _parley_media_v1_LinkVoiceInput, LinkVoice as _parley_media_v1_LinkVoice } from './parley/media/v1/LinkVoice.ts';
import type { LinkVoicesInput as _parley_media_v1_LinkVoicesInput, LinkVoices as _parley_media_v1_LinkVoices } from './parley/media/v1/LinkVoices.ts';
import type { MediaServiceClient as _parley_media_v1_MediaServiceClient, MediaServiceDefinition as _parley_media_v1_MediaServiceDefinition } from './parley/media/v1/MediaService.ts';
import type { OpenPeerRequestInput as _parley_media_v1_OpenPeerRequestInput, OpenPeerRequest as _parley_media_v1_OpenPeerRequest } from './parley/media/v1/OpenPeerRequest.ts';
import type { OpenPeerResponseInput as _parley_media_v1_OpenPeerResponseInput, OpenPeerResponse as _parley_media_v1_OpenPeerResponse } from './parley/media/v1/OpenPeerResponse.ts';
import type { OpenSendTransportRequestInput as _parley_media_v1_OpenSendTransportRequestInput, OpenSendTransportRequest as _parley_media_v1_OpenSendTransportRequest } from './parley/media/v1/OpenSendTransportRequest.ts';
import type { OpenSendTransportResponseInput as _parley_media_v1_OpenSendTransportResponseInput, OpenSendTransportResponse as _parley_media_v1_OpenSendTransportResponse } from './parley/media/v1/OpenSendTransportResponse.ts';
import type { PeerClosedInput as _parley_media_v1_PeerClosedInput, PeerClosed as _parley_media_v1_PeerClosed } from './parley/media/v1/PeerClosed.ts';
import type { PeerStateInput as _parley_media_v1_PeerStateInput, PeerState as _parley_media_v1_PeerState } from './parley/media/v1/PeerState.ts';
import type { PipeParametersInput as _parley_media_v1_PipeParametersInput, PipeParameters as _parley_media_v1_PipeParameters } from './parley/media/v1/PipeParameters.ts';
import type { PreferredLayersInput as _parley_media_v1_PreferredLayersInput, PreferredLayers as _parley_media_v1_PreferredLayers } from './parley/media/v1/PreferredLayers.ts';
import type { ProbeAddressInput as _parley_media_v1_ProbeAddressInput, ProbeAddress as _parley_media_v1_ProbeAddress } from './parley/media/v1/ProbeAddress.ts';
import type { ProduceRequestInput as _parley_media_v1_ProduceRequestInput, ProduceRequest as _parley_media_v1_ProduceRequest } from './parley/media/v1/ProduceRequest.ts';
import type { ProduceResponseInput as _parley_media_v1_ProduceResponseInput, ProduceResponse as _parley_media_v1_ProduceResponse } from './parley/media/v1/ProduceResponse.ts';
import type { ProducerClosedInput as _parley_media_v1_ProducerClosedInput, ProducerClosed as _parley_media_v1_ProducerClosed } from './parley/media/v1/ProducerClosed.ts';
import type { ProducerLayersWantedInput as _parley_media_v1_ProducerLayersWantedInput, ProducerLayersWanted as _parley_media_v1_ProducerLayersWanted } from './parley/media/v1/ProducerLayersWanted.ts';
import type { ProducerLimitedInput as _parley_media_v1_ProducerLimitedInput, ProducerLimited as _parley_media_v1_ProducerLimited } from './parley/media/v1/ProducerLimited.ts';
import type { ProducerScoredInput as _parley_media_v1_ProducerScoredInput, ProducerScored as _parley_media_v1_ProducerScored } from './parley/media/v1/ProducerScored.ts';
import type { ProducerStateInput as _parley_media_v1_ProducerStateInput, ProducerState as _parley_media_v1_ProducerState } from './parley/media/v1/ProducerState.ts';
import type { RequestKeyFramesRequestInput as _parley_media_v1_RequestKeyFramesRequestInput, RequestKeyFramesRequest as _parley_media_v1_RequestKeyFramesRequest } from './parley/media/v1/RequestKeyFramesRequest.ts';
import type { RequestKeyFramesResponseInput as _parley_media_v1_RequestKeyFramesResponseInput, RequestKeyFramesResponse as _parley_media_v1_RequestKeyFramesResponse } from './parley/media/v1/RequestKeyFramesResponse.ts';
import type { RestartIceRequestInput as _parley_media_v1_RestartIceRequestInput, RestartIceRequest as _parley_media_v1_RestartIceRequest } from './parley/media/v1/RestartIceRequest.ts';
import type { RestartIceResponseInput as _parley_media_v1_RestartIceResponseInput, RestartIceResponse as _parley_media_v1_RestartIceResponse } from './parley/media/v1/RestartIceResponse.ts';
import type { RoomStateInput as _parley_media_v1_RoomStateInput, RoomState as _parley_media_v1_RoomState } from './parley/media/v1/RoomState.ts';
import type { SetConsumerLayersRequestInput as _parley_media_v1_SetConsumerLayersRequestInput, SetConsumerLayersRequest as _parley_media_v1_SetConsumerLayersRequest } from './parley/media/v1/SetConsumerLayersRequest.ts';
import type { SetConsumerLayersResponseInput as _parley_media_v1_SetConsumerLayersResponseInput, SetConsumerLayersResponse as _parley_media_v1_SetConsumerLayersResponse } from './parley/media/v1/SetConsumerLayersResponse.ts';
import type { SetConsumersPausedRequestInput as _parley_media_v1_SetConsumersPausedRequestInput, SetConsumersPausedRequest as _parley_media_v1_SetConsumersPausedRequest } from './parley/media/v1/SetConsumersPausedRequest.ts';
import type { SetConsumersPausedResponseInput as _parley_media_v1_SetConsumersPausedResponseInput, SetConsumersPausedResponse as _parley_media_v1_SetConsumersPausedResponse } from './parley/media/v1/SetConsumersPausedResponse.ts';
import type { SetHandRequestInput as _parley_media_v1_SetHandRequestInput, SetHandRequest as _parley_media_v1_SetHandRequest } from './parley/media/v1/SetHandRequest.ts';
import type { SetHandResponseInput as _parley_media_v1_SetHandResponseInput, SetHandResponse as _parley_media_v1_SetHandResponse } from './parley/media/v1/SetHandResponse.ts';
import type { SetProducerPausedRequestInput as _parley_media_v1_SetProducerPausedRequestInput, SetProducerPausedRequest as _parley_media_v1_SetProducerPausedRequest } from './parley/media/v1/SetProducerPausedRequest.ts';
import type { SetProducerPausedResponseInput as _parley_media_v1_SetProducerPausedResponseInput, SetProducerPausedResponse as _parley_media_v1_SetProducerPausedResponse } from './parley/media/v1/SetProducerPausedResponse.ts';
import type { SpeakerInput as _parley_media_v1_SpeakerInput, Speaker as _parley_media_v1_Speaker } from './parley/media/v1/Speaker.ts';
import type { SpeakersChangedInput as _parley_media_v1_SpeakersChangedInput, SpeakersChanged as _parley_media_v1_SpeakersChanged } from './parley/media/v1/SpeakersChanged.ts';
import type { TransportParametersInput as _parley_media_v1_TransportParametersInput, TransportParameters as _parley_media_v1_TransportParameters } from './parley/media/v1/TransportParameters.ts';
import type { VoicesChangedInput as _parley_media_v1_VoicesChangedInput, VoicesChanged as _parley_media_v1_VoicesChanged } from './parley/media/v1/VoicesChanged.ts';
import type { WatchRequestInput as _parley_media_v1_WatchRequestInput, WatchRequest as _parley_media_v1_WatchRequest } from './parley/media/v1/WatchRequest.ts';
import type { WatchResponseInput as _parley_media_v1_WatchResponseInput, WatchResponse as _parley_media_v1_WatchResponse } from './parley/media/v1/WatchResponse.ts';
import type { WorkerStatusInput as _parley_media_v1_WorkerStatusInput, WorkerStatus as _parley_media_v1_WorkerStatus } from './parley/media/v1/WorkerStatus.ts';
import type { DtlsFingerprintInput as _parley_rtp_v1_DtlsFingerprintInput, DtlsFingerprint as _parley_rtp_v1_DtlsFingerprint } from './parley/rtp/v1/DtlsFingerprint.ts';
import type { DtlsParametersInput as _parley_rtp_v1_DtlsParametersInput, DtlsParameters as _parley_rtp_v1_DtlsParameters } from './parley/rtp/v1/DtlsParameters.ts';
import type { IceCandidateInput as _parley_rtp_v1_IceCandidateInput, IceCandidate as _parley_rtp_v1_IceCandidate } from './parley/rtp/v1/IceCandidate.ts';
import type { IceParametersInput as _parley_rtp_v1_IceParametersInput, IceParameters as _parley_rtp_v1_IceParameters } from './parley/rtp/v1/IceParameters.ts';
import type { ParameterValueInput as _parley_rtp_v1_ParameterValueInput, ParameterValue as _parley_rtp_v1_ParameterValue } from './parley/rtp/v1/ParameterValue.ts';
import type { RtcpFeedbackInput as _parley_rtp_v1_RtcpFeedbackInput, RtcpFeedback as _parley_rtp_v1_RtcpFeedback } from './parley/rtp/v1/RtcpFeedback.ts';
import type { RtcpParametersInput as _parley_rtp_v1_RtcpParametersInput, RtcpParameters as _parley_rtp_v1_RtcpParameters } from './parley/rtp/v1/RtcpParameters.ts';
import type { RtpCapabilitiesInput as _parley_rtp_v1_RtpCapabilitiesInput, RtpCapabilities as _parley_rtp_v1_RtpCapabilities } from './parley/rtp/v1/RtpCapabilities.ts';
import type { RtpCodecCapabilityInput as _parley_rtp_v1_RtpCodecCapabilityInput, RtpCodecCapability as _parley_rtp_v1_RtpCodecCapability } from './parley/rtp/v1/RtpCodecCapability.ts';
import type { RtpCodecParametersInput as _parley_rtp_v1_RtpCodecParametersInput, RtpCodecParameters as _parley_rtp_v1_RtpCodecParameters } from './parley/rtp/v1/RtpCodecParameters.ts';
import type { RtpEncodingParametersInput as _parley_rtp_v1_RtpEncodingParametersInput, RtpEncodingParameters as _parley_rtp_v1_RtpEncodingParameters } from './parley/rtp/v1/RtpEncodingParameters.ts';
import type { RtpHeaderExtensionCapabilityInput as _parley_rtp_v1_RtpHeaderExtensionCapabilityInput, RtpHeaderExtensionCapability as _parley_rtp_v1_RtpHeaderExtensionCapability } from './parley/rtp/v1/RtpHeaderExtensionCapability.ts';
import type { RtpHeaderExtensionParametersInput as _parley_rtp_v1_RtpHeaderExtensionParametersInput, RtpHeaderExtensionParameters as _parley_rtp_v1_RtpHeaderExtensionParameters } from './parley/rtp/v1/RtpHeaderExtensionParameters.ts';
import type { RtpParametersInput as _parley_rtp_v1_RtpParametersInput, RtpParameters as _parley_rtp_v1_RtpParameters } from './parley/rtp/v1/RtpParameters.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  parley: {
    exchange: {
      v1: {
        Answer: MessageTypeDefinition<_parley_exchange_v1_AnswerInput, _parley_exchange_v1_Answer>
        Call: MessageTypeDefinition<_parley_exchange_v1_CallInput, _parley_exchange_v1_Call>
        ExchangeRequest: MessageTypeDefinition<_parley_exchange_v1_ExchangeRequestInput, _parley_exchange_v1_ExchangeRequest>
        ExchangeResponse: MessageTypeDefinition<_parley_exchange_v1_ExchangeResponseInput, _parley_exchange_v1_ExchangeResponse>
        Failure: MessageTypeDefinition<_parley_exchange_v1_FailureInput, _parley_exchange_v1_Failure>
      }
    }
    media: {
      v1: {
        CloseConsumersRequest: MessageTypeDefinition<_parley_media_v1_CloseConsumersRequestInput, _parley_media_v1_CloseConsumersRequest>
        CloseConsumersResponse: MessageTypeDefinition<_parley_media_v1_CloseConsumersResponseInput, _parley_media_v1_CloseConsumersResponse>
        ClosePeerRequest: MessageTypeDefinition<_parley_media_v1_ClosePeerRequestInput, _parley_media_v1_ClosePeerRequest>
        ClosePeerResponse: MessageTypeDefinition<_parley_media_v1_ClosePeerResponseInput, _parley_media_v1_ClosePeerResponse>
        CloseProducerRequest: MessageTypeDefinition<_parley_media_v1_CloseProducerRequestInput, _parley_media_v1_CloseProducerRequest>
        CloseProducerResponse: MessageTypeDefinition<_parley_media_v1_CloseProducerResponseInput, _parley_media_v1_CloseProducerResponse>
        CloseSendTransportRequest: MessageTypeDefinition<_parley_media_v1_CloseSendTransportRequestInput, _parley_media_v1_CloseSendTransportRequest>
        CloseSendTransportResponse: MessageTypeDefinition<_parley_media_v1_CloseSendTransportResponseInput, _parley_media_v1_CloseSendTransportResponse>
        ConnectTransportRequest: MessageTypeDefinition<_parley_media_v1_ConnectTransportRequestInput, _parley_media_v1_ConnectTransportRequest>
        ConnectTransportResponse: MessageTypeDefinition<_parley_media_v1_ConnectTransportResponseInput, _parley_media_v1_ConnectTransportResponse>
        ConsumeFailure: MessageTypeDefinition<_parley_media_v1_ConsumeFailureInput, _parley_media_v1_ConsumeFailure>
        ConsumeItem: MessageTypeDefinition<_parley_media_v1_ConsumeItemInput, _parley_media_v1_ConsumeItem>
        ConsumeRequest: MessageTypeDefinition<_parley_media_v1_ConsumeRequestInput, _parley_media_v1_ConsumeRequest>
        ConsumeResponse: MessageTypeDefinition<_parley_media_v1_ConsumeResponseInput, _parley_media_v1_ConsumeResponse>
        ConsumeResult: MessageTypeDefinition<_parley_media_v1_ConsumeResultInput, _parley_media_v1_ConsumeResult>
        ConsumerClosed: MessageTypeDefinition<_parley_media_v1_ConsumerClosedInput, _parley_media_v1_ConsumerClosed>
        ConsumerLayers: MessageTypeDefinition<_parley_media_v1_ConsumerLayersInput, _parley_media_v1_ConsumerLayers>
        ConsumerLayersChanged: MessageTypeDefinition<_parley_media_v1_ConsumerLayersChangedInput, _parley_media_v1_ConsumerLayersChanged>
        ConsumerParameters: MessageTypeDefinition<_parley_media_v1_ConsumerParametersInput, _parley_media_v1_ConsumerParameters>
        ConsumerScored: MessageTypeDefinition<_parley_media_v1_ConsumerScoredInput, _parley_media_v1_ConsumerScored>
        ConsumerType: EnumTypeDefinition
        FindPeerRequest: MessageTypeDefinition<_parley_media_v1_FindPeerRequestInput, _parley_media_v1_FindPeerRequest>
        FindPeerResponse: MessageTypeDefinition<_parley_media_v1_FindPeerResponseInput, _parley_media_v1_FindPeerResponse>
        FindProducerRequest: MessageTypeDefinition<_parley_media_v1_FindProducerRequestInput, _parley_media_v1_FindProducerRequest>
        FindProducerResponse: MessageTypeDefinition<_parley_media_v1_FindProducerResponseInput, _parley_media_v1_FindProducerResponse>
        GetStatusRequest: MessageTypeDefinition<_parley_media_v1_GetStatusRequestInput, _parley_media_v1_GetStatusRequest>
        GetStatusResponse: MessageTypeDefinition<_parley_media_v1_GetStatusResponseInput, _parley_media_v1_GetStatusResponse>
        LinkCarried: MessageTypeDefinition<_parley_media_v1_LinkCarriedInput, _parley_media_v1_LinkCarried>
        LinkCarry: MessageTypeDefinition<_parley_media_v1_LinkCarryInput, _parley_media_v1_LinkCarry>
        LinkDemand: MessageTypeDefinition<_parley_media_v1_LinkDemandInput, _parley_media_v1_LinkDemand>
        LinkDrop: MessageTypeDefinition<_parley_media_v1_LinkDropInput, _parley_media_v1_LinkDrop>
        LinkDropped: MessageTypeDefinition<_parley_media_v1_LinkDroppedInput, _parley_media_v1_LinkDropped>
        LinkOpened: MessageTypeDefinition<_parley_media_v1_LinkOpenedInput, _parley_media_v1_LinkOpened>
        LinkOpening: MessageTypeDefinition<_parley_media_v1_LinkOpeningInput, _parley_media_v1_LinkOpening>
        LinkPaused: MessageTypeDefinition<_parley_media_v1_LinkPausedInput, _parley_media_v1_LinkPaused>
        LinkRequest: MessageTypeDefinition<_parley_media_v1_LinkRequestInput, _parley_media_v1_LinkRequest>
        LinkResponse: MessageTypeDefinition<_parley_media_v1_LinkResponseInput, _parley_media_v1_LinkResponse>
        LinkVoice: MessageTypeDefinition<_parley_media_v1_LinkVoiceInput, _parley_media_v1_LinkVoice>
        LinkVoices: MessageTypeDefinition<_parley_media_v1_LinkVoicesInput, _parley_media_v1_LinkVoices>
        MediaService: SubtypeConstructor<typeof grpc.Client, _parley_media_v1_MediaServiceClient> & { service: _parley_media_v1_MediaServiceDefinition }
        OpenPeerRequest: MessageTypeDefinition<_parley_media_v1_OpenPeerRequestInput, _parley_media_v1_OpenPeerRequest>
        OpenPeerResponse: MessageTypeDefinition<_parley_media_v1_OpenPeerResponseInput, _parley_media_v1_OpenPeerResponse>
        OpenSendTransportRequest: MessageTypeDefinition<_parley_media_v1_OpenSendTransportRequestInput, _parley_media_v1_OpenSendTransportRequest>
        OpenSendTransportResponse: MessageTypeDefinition<_parley_media_v1_OpenSendTransportResponseInput, _parley_media_v1_OpenSendTransportResponse>
        PeerCloseReason: EnumTypeDefinition
        PeerClosed: MessageTypeDefinition<_parley_media_v1_PeerClosedInput, _parley_media_v1_PeerClosed>
        PeerState: MessageTypeDefinition<_parley_media_v1_PeerStateInput, _parley_media_v1_PeerState>
        PipeParameters: MessageTypeDefinition<_parley_media_v1_PipeParametersInput, _parley_media_v1_PipeParameters>
        PreferredLayers: MessageTypeDefinition<_parley_media_v1_PreferredLayersInput, _parley_media_v1_PreferredLayers>
        ProbeAddress: MessageTypeDefinition<_parley_media_v1_ProbeAddressInput, _parley_media_v1_ProbeAddress>
        ProduceRequest: MessageTypeDefinition<_parley_media_v1_ProduceRequestInput, _parley_media_v1_ProduceRequest>
        ProduceResponse: MessageTypeDefinition<_parley_media_v1_ProduceResponseInput, _parley_media_v1_ProduceResponse>
        ProducerClosed: MessageTypeDefinition<_parley_media_v1_ProducerClosedInput, _parley_media_v1_ProducerClosed>
        ProducerLayersWanted: MessageTypeDefinition<_parley_media_v1_ProducerLayersWantedInput, _parley_media_v1_ProducerLayersWanted>
        ProducerLimited: MessageTypeDefinition<_parley_media_v1_ProducerLimitedInput, _parley_media_v1_ProducerLimited>
        ProducerScored: MessageTypeDefinition<_parley_media_v1_ProducerScoredInput, _parley_media_v1_ProducerScored>
        ProducerState: MessageTypeDefinition<_parley_media_v1_ProducerStateInput, _parley_media_v1_ProducerState>
        RequestKeyFramesRequest: MessageTypeDefinition<_parley_media_v1_RequestKeyFramesRequestInput, _parley_media_v1_RequestKeyFramesRequest>
        RequestKeyFramesResponse: MessageTypeDefinition<_parley_media_v1_RequestKeyFramesResponseInput, _parley_media_v1_RequestKeyFramesResponse>
        RestartIceRequest: MessageTypeDefinition<_parley_media_v1_RestartIceRequestInput, _parley_media_v1_RestartIceRequest>
        RestartIceResponse: MessageTypeDefinition<_parley_media_v1_RestartIceResponseInput, _parley_media_v1_RestartIceResponse>
        RoomState: MessageTypeDefinition<_parley_media_v1_RoomStateInput, _parley_media_v1_RoomState>
        SetConsumerLayersRequest: MessageTypeDefinition<_parley_media_v1_SetConsumerLayersRequestInput, _parley_media_v1_SetConsumerLayersRequest>
        SetConsumerLayersResponse: MessageTypeDefinition<_parley_media_v1_SetConsumerLayersResponseInput, _parley_media_v1_SetConsumerLayersResponse>
        SetConsumersPausedRequest: MessageTypeDefinition<_parley_media_v1_SetConsumersPausedRequestInput, _parley_media_v1_SetConsumersPausedRequest>
        SetConsumersPausedResponse: MessageTypeDefinition<_parley_media_v1_SetConsumersPausedResponseInput, _parley_media_v1_SetConsumersPausedResponse>
        SetHandRequest: MessageTypeDefinition<_parley_media_v1_SetHandRequestInput, _parley_media_v1_SetHandRequest>
        SetHandResponse: MessageTypeDefinition<_parley_media_v1_SetHandResponseInput, _parley_media_v1_SetHandResponse>
        SetProducerPausedRequest: MessageTypeDefinition<_parley_media_v1_SetProducerPausedRequestInput, _parley_media_v1_SetProducerPausedRequest>
        SetProducerPausedResponse: MessageTypeDefinition<_parley_media_v1_SetProducerPausedResponseInput, _parley_media_v1_SetProducerPausedResponse>
        Source: EnumTypeDefinition
        Speaker: MessageTypeDefinition<_parley_media_v1_SpeakerInput, _parley_media_v1_Speaker>
        SpeakersChanged: MessageTypeDefinition<_parley_media_v1_SpeakersChangedInput, _parley_media_v1_SpeakersChanged>
        TransportParameters: MessageTypeDefinition<_parley_media_v1_TransportParametersInput, _parley_media_v1_TransportParameters>
        VoicesChanged: MessageTypeDefinition<_parley_media_v1_VoicesChangedInput, _parley_media_v1_VoicesChanged>
        WatchRequest: MessageTypeDefinition<_parley_media_v1_WatchRequestInput, _parley_media_v1_WatchRequest>
        WatchResponse: MessageTypeDefinition<_parley_media_v1_WatchResponseInput, _parley_media_v1_WatchResponse>
        WorkerStatus: MessageTypeDefinition<_parley_media_v1_WorkerStatusInput, _parley_media_v1_WorkerStatus>
      }
    }
    rtp: {
      v1: {
        DtlsFingerprint: MessageTypeDefinition<_parley_rtp_v1_DtlsFingerprintInput, _parley_rtp_v1_DtlsFingerprint>
        DtlsParameters: MessageTypeDefinition<_parley_rtp_v1_DtlsParametersInput, _parley_rtp_v1_DtlsParameters>
        IceCandidate: MessageTypeDefinition<_parley_rtp_v1_IceCandidateInput, _parley_rtp_v1_IceCandidate>
        IceParameters: MessageTypeDefinition<_parley_rtp_v1_IceParametersInput, _parley_rtp_v1_IceParameters>
        MediaKind: EnumTypeDefinition
        ParameterValue: MessageTypeDefinition<_parley_rtp_v1_ParameterValueInput, _parley_rtp_v1_ParameterValue>
        RtcpFeedback: MessageTypeDefinition<_parley_rtp_v1_RtcpFeedbackInput, _parley_rtp_v1_RtcpFeedback>
        RtcpParameters: MessageTypeDefinition<_parley_rtp_v1_RtcpParametersInput, _parley_rtp_v1_RtcpParameters>
        RtpCapabilities: MessageTypeDefinition<_parley_rtp_v1_RtpCapabilitiesInput, _parley_rtp_v1_RtpCapabilities>
        RtpCodecCapability: MessageTypeDefinition<_parley_rtp_v1_RtpCodecCapabilityInput, _parley_rtp_v1_RtpCodecCapability>
        RtpCodecParameters: MessageTypeDefinition<_parley_rtp_v1_RtpCodecParametersInput, _parley_rtp_v1_RtpCodecParameters>
        RtpEncodingParameters: MessageTypeDefinition<_parley_rtp_v1_RtpEncodingParametersInput, _parley_rtp_v1_RtpEncodingParameters>
        RtpHeaderExtensionCapability: MessageTypeDefinition<_parley_rtp_v1_RtpHeaderExtensionCapabilityInput, _parley_rtp_v1_RtpHeaderExtensionCapability>
        RtpHeaderExtensionParameters: MessageTypeDefinition<_parley_rtp_v1_RtpHeaderExtensionParametersInput, _parley_rtp_v1_RtpHeaderExtensionParameters>
        RtpParameters: MessageTypeDefinition<_parley_rtp_v1_RtpParametersInput, _parley_rtp_v1_RtpParameters>
      }
    }
  }
}


// Original file: proto/parley/media/v1/media.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CloseConsumersRequestInput as _parley_media_v1_CloseConsumersRequestInput, CloseConsumersRequest as _parley_media_v1_CloseConsumersRequest } from '../../../parley/media/v1/CloseConsumersRequest.ts';
import type { CloseConsumersResponseInput as _parley_media_v1_CloseConsumersResponseInput, CloseConsumersResponse as _parley_media_v1_CloseConsumersResponse } from '../../../parley/media/v1/CloseConsumersResponse.ts';
import type { ClosePeerRequestInput as _parley_media_v1_ClosePeerRequestInput, ClosePeerRequest as _parley_media_v1_ClosePeerRequest } from '../../../parley/media/v1/ClosePeerRequest.ts';
import type { ClosePeerResponseInput as _parley_media_v1_ClosePeerResponseInput, ClosePeerResponse as _parley_media_v1_ClosePeerResponse } from '../../../parley/media/v1/ClosePeerResponse.ts';
import type { CloseProducerRequestInput as _parley_media_v1_CloseProducerRequestInput, CloseProducerRequest as _parley_media_v1_CloseProducerRequest } from '../../../parley/media/v1/CloseProducerRequest.ts';
import type { CloseProducerResponseInput as _parley_media_v1_CloseProducerResponseInput, CloseProducerResponse as _parley_media_v1_CloseProducerResponse } from '../../../parley/media/v1/CloseProducerResponse.ts';
import type { CloseSendTransportRequestInput as _parley_media_v1_CloseSendTransportRequestInput, CloseSendTransportRequest as _parley_media_v1_CloseSendTransportRequest } from '../../../parley/media/v1/CloseSendTransportRequest.ts';
import type { CloseSendTransportResponseInput as _parley_media_v1_CloseSendTransportResponseInput, CloseSendTransportResponse as _parley_media_v1_CloseSendTransportResponse } from '../../../parley/media/v1/CloseSendTransportResponse.ts';
import type { ConnectTransportRequestInput as _parley_media_v1_ConnectTransportRequestInput, ConnectTransportRequest as _parley_media_v1_ConnectTransportRequest } from '../../../parley/media/v1/ConnectTransportRequest.ts';
import type { ConnectTransportResponseInput as _parley_media_v1_ConnectTransportResponseInput, ConnectTransportResponse as _parley_media_v1_ConnectTransportResponse } from '../../../parley/media/v1/ConnectTransportResponse.ts';
import type { ConsumeRequestInput as _parley_media_v1_ConsumeRequestInput, ConsumeRequest as _parley_media_v1_ConsumeRequest } from '../../../parley/media/v1/ConsumeRequest.ts';
import type { ConsumeResponseInput as _parley_media_v1_ConsumeResponseInput, ConsumeResponse as _parley_media_v1_ConsumeResponse } from '../../../parley/media/v1/ConsumeResponse.ts';
import type { ExchangeRequestInput as _parley_exchange_v1_ExchangeRequestInput, ExchangeRequest as _parley_exchange_v1_ExchangeRequest } from '../../../parley/exchange/v1/ExchangeRequest.ts';
import type { ExchangeResponseInput as _parley_exchange_v1_ExchangeResponseInput, ExchangeResponse as _parley_exchange_v1_ExchangeResponse } from '../../../parley/exchange/v1/ExchangeResponse.ts';
import type { FindPeerRequestInput as _parley_media_v1_FindPeerRequestInput, FindPeerRequest as _parley_media_v1_FindPeerRequest } from '../../../parley/media/v1/FindPeerRequest.ts';
import type { FindPeerResponseInput as _parley_media_v1_FindPeerResponseInput, FindPeerResponse as _parley_media_v1_FindPeerResponse } from '../../../parley/media/v1/FindPeerResponse.ts';
import type { FindProducerRequestInput as _parley_media_v1_FindProducerRequestInput, FindProducerRequest as _parley_media_v1_FindProducerRequest } from '../../../parley/media/v1/FindProducerRequest.ts';
import type { FindProducerResponseInput as _parley_media_v1_FindProducerResponseInput, FindProducerResponse as _parley_media_v1_FindProducerResponse } from '../../../parley/media/v1/FindProducerResponse.ts';
import type { GetStatusRequestInput as _parley_media_v1_GetStatusRequestInput, GetStatusRequest as _parley_media_v1_GetStatusRequest } from '../../../parley/media/v1/GetStatusRequest.ts';
import type { GetStatusResponseInput as _parley_media_v1_GetStatusResponseInput, GetStatusResponse as _parley_media_v1_GetStatusResponse } from '../../../parley/media/v1/GetStatusResponse.ts';
import type { LinkRequestInput as _parley_media_v1_LinkRequestInput, LinkRequest as _parley_media_v1_LinkRequest } from '../../../parley/media/v1/LinkRequest.ts';
import type { LinkResponseInput as _parley_media_v1_LinkResponseInput, LinkResponse as _parley_media_v1_LinkResponse } from '../../../parley/media/v1/LinkResponse.ts';
import type { OpenPeerRequestInput as _parley_media_v1_OpenPeerRequestInput, OpenPeerRequest as _parley_media_v1_OpenPeerRequest } from '../../../parley/media/v1/OpenPeerRequest.ts';
import type { OpenPeerResponseInput as _parley_media_v1_OpenPeerResponseInput, OpenPeerResponse as _parley_media_v1_OpenPeerResponse } from '../../../parley/media/v1/OpenPeerResponse.ts';
import type { OpenSendTransportRequestInput as _parley_media_v1_OpenSendTransportRequestInput, OpenSendTransportRequest as _parley_media_v1_OpenSendTransportRequest } from '../../../parley/media/v1/OpenSendTransportRequest.ts';
import type { OpenSendTransportResponseInput as _parley_media_v1_OpenSendTransportResponseInput, OpenSendTransportResponse as _parley_media_v1_OpenSendTransportResponse } from '../../../parley/media/v1/OpenSendTransportResponse.ts';
import type { ProduceRequestInput as _parley_media_v1_ProduceRequestInput, ProduceRequest as _parley_media_v1_ProduceRequest } from '../../../parley/media/v1/ProduceRequest.ts';
import type { ProduceResponseInput as _parley_media_v1_ProduceResponseInput, ProduceResponse as _parley_media_v1_ProduceResponse } from '../../../parley/media/v1/ProduceResponse.ts';
import type { RequestKeyFramesRequestInput as _parley_media_v1_RequestKeyFramesRequestInput, RequestKeyFramesRequest as _parley_media_v1_RequestKeyFramesRequest } from '../../../parley/media/v1/RequestKeyFramesRequest.ts';
import type { RequestKeyFramesResponseInput as _parley_media_v1_RequestKeyFramesResponseInput, RequestKeyFramesResponse as _parley_media_v1_RequestKeyFramesResponse } from '../../../parley/media/v1/RequestKeyFramesResponse.ts';
import type { RestartIceRequestInput as _parley_media_v1_RestartIceRequestInput, RestartIceRequest as _parley_media_v1_RestartIceRequest } from '../../../parley/media/v1/RestartIceRequest.ts';
import type { RestartIceResponseInput as _parley_media_v1_RestartIceResponseInput, RestartIceResponse as _parley_media_v1_RestartIceResponse } from '../../../parley/media/v1/RestartIceResponse.ts';
import type { SetConsumerLayersRequestInput as _parley_media_v1_SetConsumerLayersRequestInput, SetConsumerLayersRequest as _parley_media_v1_SetConsumerLayersRequest } from '../../../parley/media/v1/SetConsumerLayersRequest.ts';
import type { SetConsumerLayersResponseInput as _parley_media_v1_SetConsumerLayersResponseInput, SetConsumerLayersResponse as _parley_media_v1_SetConsumerLayersResponse } from '../../../parley/media/v1/SetConsumerLayersResponse.ts';
import type { SetConsumersPausedRequestInput as _parley_media_v1_SetConsumersPausedRequestInput, SetConsumersPausedRequest as _parley_media_v1_SetConsumersPausedRequest } from '../../../parley/media/v1/SetConsumersPausedRequest.ts';
import type { SetConsumersPausedResponseInput as _parley_media_v1_SetConsumersPausedResponseInput, SetConsumersPausedResponse as _parley_media_v1_SetConsumersPausedResponse } from '../../../parley/media/v1/SetConsumersPausedResponse.ts';
import type { SetHandRequestInput as _parley_media_v1_SetHandRequestInput, SetHandRequest as _parley_media_v1_SetHandRequest } from '../../../parley/media/v1/SetHandRequest.ts';
import type { SetHandResponseInput as _parley_media_v1_SetHandResponseInput, SetHandResponse as _parley_media_v1_SetHandResponse } from '../../../parley/media/v1/SetHandResponse.ts';
import type { SetProducerPausedRequestInput as _parley_media_v1_SetProducerPausedRequestInput, SetProducerPausedRequest as _parley_media_v1_SetProducerPausedRequest } from '../../../parley/media/v1/SetProducerPausedRequest.ts';
import type { SetProducerPausedResponseInput as _parley_media_v1_SetProducerPausedResponseInput, SetProducerPausedResponse as _parley_media_v1_SetProducerPausedResponse } from '../../../parley/media/v1/SetProducerPausedResponse.ts';
import type { WatchRequestInput as _parley_media_v1_WatchRequestInput, WatchRequest as _parley_media_v1_WatchRequest } from '../../../parley/media/v1/WatchRequest.ts';
import type { WatchResponseInput as _parley_media_v1_WatchResponseInput, WatchResponse as _parley_media_v1_WatchResponse } from '../../../parley/media/v1/WatchResponse.ts';

export interface MediaServiceClient extends grpc.Client {
  /**
   * Closing an unknown consumer is no error.
   */
  CloseConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  CloseConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  CloseConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  CloseConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  /**
   * Closing an unknown consumer is no error.
   */
  closeConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  closeConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  closeConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  closeConsumers(argument: _parley_media_v1_CloseConsumersRequestInput, callback: grpc.requestCallback<_parley_media_v1_CloseConsumersResponse>): grpc.ClientUnaryCall;
  
  /**
   * Closes the peer with its transports, producers and consumers. Closing an unknown peer is no error.
   */
  ClosePeer(argument: _parley_media_v1_ClosePeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  ClosePeer(argument: _parley_media_v1_ClosePeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  ClosePeer(argument: _parley_media_v1_ClosePeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  ClosePeer(argument: _parley_media_v1_ClosePeerRequestInput, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  /**
   * Closes the peer with its transports, producers and consumers. Closing an unknown peer is no error.
   */
  closePeer(argument: _parley_media_v1_ClosePeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  closePeer(argument: _parley_media_v1_ClosePeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  closePeer(argument: _parley_media_v1_ClosePeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  closePeer(argument: _parley_media_v1_ClosePeerRequestInput, callback: grpc.requestCallback<_parley_media_v1_ClosePeerResponse>): grpc.ClientUnaryCall;
  
  /**
   * Closing an unknown producer is no error.
   */
  CloseProducer(argument: _parley_media_v1_CloseProducerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  CloseProducer(argument: _parley_media_v1_CloseProducerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  CloseProducer(argument: _parley_media_v1_CloseProducerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  CloseProducer(argument: _parley_media_v1_CloseProducerRequestInput, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  /**
   * Closing an unknown producer is no error.
   */
  closeProducer(argument: _parley_media_v1_CloseProducerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  closeProducer(argument: _parley_media_v1_CloseProducerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  closeProducer(argument: _parley_media_v1_CloseProducerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  closeProducer(argument: _parley_media_v1_CloseProducerRequestInput, callback: grpc.requestCallback<_parley_media_v1_CloseProducerResponse>): grpc.ClientUnaryCall;
  
  /**
   * Closes the transport to send on, and the producers of the peer with it. Closing one that is not there is no error.
   */
  CloseSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  CloseSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  CloseSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  CloseSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  /**
   * Closes the transport to send on, and the producers of the peer with it. Closing one that is not there is no error.
   */
  closeSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  closeSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  closeSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  closeSendTransport(argument: _parley_media_v1_CloseSendTransportRequestInput, callback: grpc.requestCallback<_parley_media_v1_CloseSendTransportResponse>): grpc.ClientUnaryCall;
  
  /**
   * Repeating the call with the same DTLS parameters is no error; others are a conflict.
   */
  ConnectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  ConnectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  ConnectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  ConnectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  /**
   * Repeating the call with the same DTLS parameters is no error; others are a conflict.
   */
  connectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  connectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  connectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  connectTransport(argument: _parley_media_v1_ConnectTransportRequestInput, callback: grpc.requestCallback<_parley_media_v1_ConnectTransportResponse>): grpc.ClientUnaryCall;
  
  /**
   * Makes consumers, one per producer, paused unless asked otherwise. For a producer that the peer consumes already, returns that consumer.
   */
  Consume(argument: _parley_media_v1_ConsumeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  Consume(argument: _parley_media_v1_ConsumeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  Consume(argument: _parley_media_v1_ConsumeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  Consume(argument: _parley_media_v1_ConsumeRequestInput, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  /**
   * Makes consumers, one per producer, paused unless asked otherwise. For a producer that the peer consumes already, returns that consumer.
   */
  consume(argument: _parley_media_v1_ConsumeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  consume(argument: _parley_media_v1_ConsumeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  consume(argument: _parley_media_v1_ConsumeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  consume(argument: _parley_media_v1_ConsumeRequestInput, callback: grpc.requestCallback<_parley_media_v1_ConsumeResponse>): grpc.ClientUnaryCall;
  
  /**
   * Carries the unary calls above as messages of one stream.
   */
  Exchange(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_exchange_v1_ExchangeRequestInput, _parley_exchange_v1_ExchangeResponse>;
  Exchange(options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_exchange_v1_ExchangeRequestInput, _parley_exchange_v1_ExchangeResponse>;
  /**
   * Carries the unary calls above as messages of one stream.
   */
  exchange(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_exchange_v1_ExchangeRequestInput, _parley_exchange_v1_ExchangeResponse>;
  exchange(options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_exchange_v1_ExchangeRequestInput, _parley_exchange_v1_ExchangeResponse>;
  
  /**
   * Whether the peer is open. An unknown peer is no error.
   */
  FindPeer(argument: _parley_media_v1_FindPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  FindPeer(argument: _parley_media_v1_FindPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  FindPeer(argument: _parley_media_v1_FindPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  FindPeer(argument: _parley_media_v1_FindPeerRequestInput, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  /**
   * Whether the peer is open. An unknown peer is no error.
   */
  findPeer(argument: _parley_media_v1_FindPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  findPeer(argument: _parley_media_v1_FindPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  findPeer(argument: _parley_media_v1_FindPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  findPeer(argument: _parley_media_v1_FindPeerRequestInput, callback: grpc.requestCallback<_parley_media_v1_FindPeerResponse>): grpc.ClientUnaryCall;
  
  /**
   * Where the producer is in this node, for another node that is about to carry it. The caller is a media node.
   */
  FindProducer(argument: _parley_media_v1_FindProducerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  FindProducer(argument: _parley_media_v1_FindProducerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  FindProducer(argument: _parley_media_v1_FindProducerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  FindProducer(argument: _parley_media_v1_FindProducerRequestInput, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  /**
   * Where the producer is in this node, for another node that is about to carry it. The caller is a media node.
   */
  findProducer(argument: _parley_media_v1_FindProducerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  findProducer(argument: _parley_media_v1_FindProducerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  findProducer(argument: _parley_media_v1_FindProducerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  findProducer(argument: _parley_media_v1_FindProducerRequestInput, callback: grpc.requestCallback<_parley_media_v1_FindProducerResponse>): grpc.ClientUnaryCall;
  
  /**
   * The state of the node: its workers, their load, and whether the node accepts new rooms.
   */
  GetStatus(argument: _parley_media_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  GetStatus(argument: _parley_media_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  GetStatus(argument: _parley_media_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  GetStatus(argument: _parley_media_v1_GetStatusRequestInput, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  /**
   * The state of the node: its workers, their load, and whether the node accepts new rooms.
   */
  getStatus(argument: _parley_media_v1_GetStatusRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  getStatus(argument: _parley_media_v1_GetStatusRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  getStatus(argument: _parley_media_v1_GetStatusRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  getStatus(argument: _parley_media_v1_GetStatusRequestInput, callback: grpc.requestCallback<_parley_media_v1_GetStatusResponse>): grpc.ClientUnaryCall;
  
  /**
   * A link between a router of the caller, which is another media node, and a router of this node, the home of the producers that the
   * link carries to the caller. The link lasts as long as the stream. The first request opens it, the first response says so.
   */
  Link(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_media_v1_LinkRequestInput, _parley_media_v1_LinkResponse>;
  Link(options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_media_v1_LinkRequestInput, _parley_media_v1_LinkResponse>;
  /**
   * A link between a router of the caller, which is another media node, and a router of this node, the home of the producers that the
   * link carries to the caller. The link lasts as long as the stream. The first request opens it, the first response says so.
   */
  link(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_media_v1_LinkRequestInput, _parley_media_v1_LinkResponse>;
  link(options?: grpc.CallOptions): grpc.ClientDuplexStream<_parley_media_v1_LinkRequestInput, _parley_media_v1_LinkResponse>;
  
  /**
   * Opens the peer with its two transports, or with one if it only receives, and the room if it is not open. For an open peer, returns
   * the same transports. Other RTP capabilities than at the opening are a conflict.
   */
  OpenPeer(argument: _parley_media_v1_OpenPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  OpenPeer(argument: _parley_media_v1_OpenPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  OpenPeer(argument: _parley_media_v1_OpenPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  OpenPeer(argument: _parley_media_v1_OpenPeerRequestInput, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  /**
   * Opens the peer with its two transports, or with one if it only receives, and the room if it is not open. For an open peer, returns
   * the same transports. Other RTP capabilities than at the opening are a conflict.
   */
  openPeer(argument: _parley_media_v1_OpenPeerRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  openPeer(argument: _parley_media_v1_OpenPeerRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  openPeer(argument: _parley_media_v1_OpenPeerRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  openPeer(argument: _parley_media_v1_OpenPeerRequestInput, callback: grpc.requestCallback<_parley_media_v1_OpenPeerResponse>): grpc.ClientUnaryCall;
  
  /**
   * Makes the transport to send on, for a peer that has none. For one that has it, returns it.
   */
  OpenSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  OpenSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  OpenSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  OpenSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  /**
   * Makes the transport to send on, for a peer that has none. For one that has it, returns it.
   */
  openSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  openSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  openSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  openSendTransport(argument: _parley_media_v1_OpenSendTransportRequestInput, callback: grpc.requestCallback<_parley_media_v1_OpenSendTransportResponse>): grpc.ClientUnaryCall;
  
  /**
   * Makes the producer of one source; a peer has at most one of each. Repeating the call with the same RTP parameters
   * returns the same producer; others are a conflict.
   */
  Produce(argument: _parley_media_v1_ProduceRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  Produce(argument: _parley_media_v1_ProduceRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  Produce(argument: _parley_media_v1_ProduceRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  Produce(argument: _parley_media_v1_ProduceRequestInput, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  /**
   * Makes the producer of one source; a peer has at most one of each. Repeating the call with the same RTP parameters
   * returns the same producer; others are a conflict.
   */
  produce(argument: _parley_media_v1_ProduceRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  produce(argument: _parley_media_v1_ProduceRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  produce(argument: _parley_media_v1_ProduceRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  produce(argument: _parley_media_v1_ProduceRequestInput, callback: grpc.requestCallback<_parley_media_v1_ProduceResponse>): grpc.ClientUnaryCall;
  
  RequestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  RequestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  RequestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  RequestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  requestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  requestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  requestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  requestKeyFrames(argument: _parley_media_v1_RequestKeyFramesRequestInput, callback: grpc.requestCallback<_parley_media_v1_RequestKeyFramesResponse>): grpc.ClientUnaryCall;
  
  /**
   * Makes new ICE credentials for the transport. The old path carries media until the client has found a new one.
   */
  RestartIce(argument: _parley_media_v1_RestartIceRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  RestartIce(argument: _parley_media_v1_RestartIceRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  RestartIce(argument: _parley_media_v1_RestartIceRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  RestartIce(argument: _parley_media_v1_RestartIceRequestInput, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  /**
   * Makes new ICE credentials for the transport. The old path carries media until the client has found a new one.
   */
  restartIce(argument: _parley_media_v1_RestartIceRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  restartIce(argument: _parley_media_v1_RestartIceRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  restartIce(argument: _parley_media_v1_RestartIceRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  restartIce(argument: _parley_media_v1_RestartIceRequestInput, callback: grpc.requestCallback<_parley_media_v1_RestartIceResponse>): grpc.ClientUnaryCall;
  
  SetConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  SetConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  SetConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  SetConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  setConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  setConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  setConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  setConsumerLayers(argument: _parley_media_v1_SetConsumerLayersRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetConsumerLayersResponse>): grpc.ClientUnaryCall;
  
  /**
   * Acts on every consumer that exists, and then fails with consumer_not_found if one does not. So do SetConsumerLayers and
   * RequestKeyFrames.
   */
  SetConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  SetConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  SetConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  SetConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  /**
   * Acts on every consumer that exists, and then fails with consumer_not_found if one does not. So do SetConsumerLayers and
   * RequestKeyFrames.
   */
  setConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  setConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  setConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  setConsumersPaused(argument: _parley_media_v1_SetConsumersPausedRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetConsumersPausedResponse>): grpc.ClientUnaryCall;
  
  /**
   * Whether the person has a hand up. Of more voices than the room forwards, that person's is among those that are. An unknown
   * peer is no error.
   */
  SetHand(argument: _parley_media_v1_SetHandRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  SetHand(argument: _parley_media_v1_SetHandRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  SetHand(argument: _parley_media_v1_SetHandRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  SetHand(argument: _parley_media_v1_SetHandRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  /**
   * Whether the person has a hand up. Of more voices than the room forwards, that person's is among those that are. An unknown
   * peer is no error.
   */
  setHand(argument: _parley_media_v1_SetHandRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  setHand(argument: _parley_media_v1_SetHandRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  setHand(argument: _parley_media_v1_SetHandRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  setHand(argument: _parley_media_v1_SetHandRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetHandResponse>): grpc.ClientUnaryCall;
  
  SetProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  SetProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  SetProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  SetProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  setProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  setProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  setProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  setProducerPaused(argument: _parley_media_v1_SetProducerPausedRequestInput, callback: grpc.requestCallback<_parley_media_v1_SetProducerPausedResponse>): grpc.ClientUnaryCall;
  
  /**
   * The events of the room. The first one is the state of the room, so that a watcher can begin, and begin again, at
   * any time. A watcher may begin before the room has its first peer. A room without watchers is closed after a grace
   * period.
   */
  Watch(argument: _parley_media_v1_WatchRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_parley_media_v1_WatchResponse>;
  Watch(argument: _parley_media_v1_WatchRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_parley_media_v1_WatchResponse>;
  /**
   * The events of the room. The first one is the state of the room, so that a watcher can begin, and begin again, at
   * any time. A watcher may begin before the room has its first peer. A room without watchers is closed after a grace
   * period.
   */
  watch(argument: _parley_media_v1_WatchRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_parley_media_v1_WatchResponse>;
  watch(argument: _parley_media_v1_WatchRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_parley_media_v1_WatchResponse>;
  
}

export interface MediaServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Closing an unknown consumer is no error.
   */
  CloseConsumers: grpc.handleUnaryCall<_parley_media_v1_CloseConsumersRequest, _parley_media_v1_CloseConsumersResponseInput>;
  
  /**
   * Closes the peer with its transports, producers and consumers. Closing an unknown peer is no error.
   */
  ClosePeer: grpc.handleUnaryCall<_parley_media_v1_ClosePeerRequest, _parley_media_v1_ClosePeerResponseInput>;
  
  /**
   * Closing an unknown producer is no error.
   */
  CloseProducer: grpc.handleUnaryCall<_parley_media_v1_CloseProducerRequest, _parley_media_v1_CloseProducerResponseInput>;
  
  /**
   * Closes the transport to send on, and the producers of the peer with it. Closing one that is not there is no error.
   */
  CloseSendTransport: grpc.handleUnaryCall<_parley_media_v1_CloseSendTransportRequest, _parley_media_v1_CloseSendTransportResponseInput>;
  
  /**
   * Repeating the call with the same DTLS parameters is no error; others are a conflict.
   */
  ConnectTransport: grpc.handleUnaryCall<_parley_media_v1_ConnectTransportRequest, _parley_media_v1_ConnectTransportResponseInput>;
  
  /**
   * Makes consumers, one per producer, paused unless asked otherwise. For a producer that the peer consumes already, returns that consumer.
   */
  Consume: grpc.handleUnaryCall<_parley_media_v1_ConsumeRequest, _parley_media_v1_ConsumeResponseInput>;
  
  /**
   * Carries the unary calls above as messages of one stream.
   */
  Exchange: grpc.handleBidiStreamingCall<_parley_exchange_v1_ExchangeRequest, _parley_exchange_v1_ExchangeResponseInput>;
  
  /**
   * Whether the peer is open. An unknown peer is no error.
   */
  FindPeer: grpc.handleUnaryCall<_parley_media_v1_FindPeerRequest, _parley_media_v1_FindPeerResponseInput>;
  
  /**
   * Where the producer is in this node, for another node that is about to carry it. The caller is a media node.
   */
  FindProducer: grpc.handleUnaryCall<_parley_media_v1_FindProducerRequest, _parley_media_v1_FindProducerResponseInput>;
  
  /**
   * The state of the node: its workers, their load, and whether the node accepts new rooms.
   */
  GetStatus: grpc.handleUnaryCall<_parley_media_v1_GetStatusRequest, _parley_media_v1_GetStatusResponseInput>;
  
  /**
   * A link between a router of the caller, which is another media node, and a router of this node, the home of the producers that the
   * link carries to the caller. The link lasts as long as the stream. The first request opens it, the first response says so.
   */
  Link: grpc.handleBidiStreamingCall<_parley_media_v1_LinkRequest, _parley_media_v1_LinkResponseInput>;
  
  /**
   * Opens the peer with its two transports, or with one if it only receives, and the room if it is not open. For an open peer, returns
   * the same transports. Other RTP capabilities than at the opening are a conflict.
   */
  OpenPeer: grpc.handleUnaryCall<_parley_media_v1_OpenPeerRequest, _parley_media_v1_OpenPeerResponseInput>;
  
  /**
   * Makes the transport to send on, for a peer that has none. For one that has it, returns it.
   */
  OpenSendTransport: grpc.handleUnaryCall<_parley_media_v1_OpenSendTransportRequest, _parley_media_v1_OpenSendTransportResponseInput>;
  
  /**
   * Makes the producer of one source; a peer has at most one of each. Repeating the call with the same RTP parameters
   * returns the same producer; others are a conflict.
   */
  Produce: grpc.handleUnaryCall<_parley_media_v1_ProduceRequest, _parley_media_v1_ProduceResponseInput>;
  
  RequestKeyFrames: grpc.handleUnaryCall<_parley_media_v1_RequestKeyFramesRequest, _parley_media_v1_RequestKeyFramesResponseInput>;
  
  /**
   * Makes new ICE credentials for the transport. The old path carries media until the client has found a new one.
   */
  RestartIce: grpc.handleUnaryCall<_parley_media_v1_RestartIceRequest, _parley_media_v1_RestartIceResponseInput>;
  
  SetConsumerLayers: grpc.handleUnaryCall<_parley_media_v1_SetConsumerLayersRequest, _parley_media_v1_SetConsumerLayersResponseInput>;
  
  /**
   * Acts on every consumer that exists, and then fails with consumer_not_found if one does not. So do SetConsumerLayers and
   * RequestKeyFrames.
   */
  SetConsumersPaused: grpc.handleUnaryCall<_parley_media_v1_SetConsumersPausedRequest, _parley_media_v1_SetConsumersPausedResponseInput>;
  
  /**
   * Whether the person has a hand up. Of more voices than the room forwards, that person's is among those that are. An unknown
   * peer is no error.
   */
  SetHand: grpc.handleUnaryCall<_parley_media_v1_SetHandRequest, _parley_media_v1_SetHandResponseInput>;
  
  SetProducerPaused: grpc.handleUnaryCall<_parley_media_v1_SetProducerPausedRequest, _parley_media_v1_SetProducerPausedResponseInput>;
  
  /**
   * The events of the room. The first one is the state of the room, so that a watcher can begin, and begin again, at
   * any time. A watcher may begin before the room has its first peer. A room without watchers is closed after a grace
   * period.
   */
  Watch: grpc.handleServerStreamingCall<_parley_media_v1_WatchRequest, _parley_media_v1_WatchResponseInput>;
  
}

export interface MediaServiceDefinition extends grpc.ServiceDefinition {
  CloseConsumers: MethodDefinition<_parley_media_v1_CloseConsumersRequestInput, _parley_media_v1_CloseConsumersResponseInput, _parley_media_v1_CloseConsumersRequest, _parley_media_v1_CloseConsumersResponse>
  ClosePeer: MethodDefinition<_parley_media_v1_ClosePeerRequestInput, _parley_media_v1_ClosePeerResponseInput, _parley_media_v1_ClosePeerRequest, _parley_media_v1_ClosePeerResponse>
  CloseProducer: MethodDefinition<_parley_media_v1_CloseProducerRequestInput, _parley_media_v1_CloseProducerResponseInput, _parley_media_v1_CloseProducerRequest, _parley_media_v1_CloseProducerResponse>
  CloseSendTransport: MethodDefinition<_parley_media_v1_CloseSendTransportRequestInput, _parley_media_v1_CloseSendTransportResponseInput, _parley_media_v1_CloseSendTransportRequest, _parley_media_v1_CloseSendTransportResponse>
  ConnectTransport: MethodDefinition<_parley_media_v1_ConnectTransportRequestInput, _parley_media_v1_ConnectTransportResponseInput, _parley_media_v1_ConnectTransportRequest, _parley_media_v1_ConnectTransportResponse>
  Consume: MethodDefinition<_parley_media_v1_ConsumeRequestInput, _parley_media_v1_ConsumeResponseInput, _parley_media_v1_ConsumeRequest, _parley_media_v1_ConsumeResponse>
  Exchange: MethodDefinition<_parley_exchange_v1_ExchangeRequestInput, _parley_exchange_v1_ExchangeResponseInput, _parley_exchange_v1_ExchangeRequest, _parley_exchange_v1_ExchangeResponse>
  FindPeer: MethodDefinition<_parley_media_v1_FindPeerRequestInput, _parley_media_v1_FindPeerResponseInput, _parley_media_v1_FindPeerRequest, _parley_media_v1_FindPeerResponse>
  FindProducer: MethodDefinition<_parley_media_v1_FindProducerRequestInput, _parley_media_v1_FindProducerResponseInput, _parley_media_v1_FindProducerRequest, _parley_media_v1_FindProducerResponse>
  GetStatus: MethodDefinition<_parley_media_v1_GetStatusRequestInput, _parley_media_v1_GetStatusResponseInput, _parley_media_v1_GetStatusRequest, _parley_media_v1_GetStatusResponse>
  Link: MethodDefinition<_parley_media_v1_LinkRequestInput, _parley_media_v1_LinkResponseInput, _parley_media_v1_LinkRequest, _parley_media_v1_LinkResponse>
  OpenPeer: MethodDefinition<_parley_media_v1_OpenPeerRequestInput, _parley_media_v1_OpenPeerResponseInput, _parley_media_v1_OpenPeerRequest, _parley_media_v1_OpenPeerResponse>
  OpenSendTransport: MethodDefinition<_parley_media_v1_OpenSendTransportRequestInput, _parley_media_v1_OpenSendTransportResponseInput, _parley_media_v1_OpenSendTransportRequest, _parley_media_v1_OpenSendTransportResponse>
  Produce: MethodDefinition<_parley_media_v1_ProduceRequestInput, _parley_media_v1_ProduceResponseInput, _parley_media_v1_ProduceRequest, _parley_media_v1_ProduceResponse>
  RequestKeyFrames: MethodDefinition<_parley_media_v1_RequestKeyFramesRequestInput, _parley_media_v1_RequestKeyFramesResponseInput, _parley_media_v1_RequestKeyFramesRequest, _parley_media_v1_RequestKeyFramesResponse>
  RestartIce: MethodDefinition<_parley_media_v1_RestartIceRequestInput, _parley_media_v1_RestartIceResponseInput, _parley_media_v1_RestartIceRequest, _parley_media_v1_RestartIceResponse>
  SetConsumerLayers: MethodDefinition<_parley_media_v1_SetConsumerLayersRequestInput, _parley_media_v1_SetConsumerLayersResponseInput, _parley_media_v1_SetConsumerLayersRequest, _parley_media_v1_SetConsumerLayersResponse>
  SetConsumersPaused: MethodDefinition<_parley_media_v1_SetConsumersPausedRequestInput, _parley_media_v1_SetConsumersPausedResponseInput, _parley_media_v1_SetConsumersPausedRequest, _parley_media_v1_SetConsumersPausedResponse>
  SetHand: MethodDefinition<_parley_media_v1_SetHandRequestInput, _parley_media_v1_SetHandResponseInput, _parley_media_v1_SetHandRequest, _parley_media_v1_SetHandResponse>
  SetProducerPaused: MethodDefinition<_parley_media_v1_SetProducerPausedRequestInput, _parley_media_v1_SetProducerPausedResponseInput, _parley_media_v1_SetProducerPausedRequest, _parley_media_v1_SetProducerPausedResponse>
  Watch: MethodDefinition<_parley_media_v1_WatchRequestInput, _parley_media_v1_WatchResponseInput, _parley_media_v1_WatchRequest, _parley_media_v1_WatchResponse>
}

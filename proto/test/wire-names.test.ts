import { describe, expect, test } from '@jest/globals';
import {
  ERRORS,
  NOTIFICATIONS,
  REQUESTS,
  ROUTES,
  sourceSchema,
  permissionSchema,
  reactionSchema,
  roleSchema,
} from '@parley/proto';
import { GRPC_METADATA, MediaService, RoomService } from '@parley/proto/grpc';

/*
 * Names on the wire are forever: a client of last week meets a server of today. This test is changed only together
 * with PROTOCOL_VERSION, or to add a name.
 */
describe('the names on the wire', () => {
  test('socket requests', () => {
    expect(Object.keys(REQUESTS)).toEqual([
      'room:join',
      'room:knock',
      'room:resume',
      'room:leave',
      'room:ping',
      'media:reopen',
      'transport:connect',
      'transport:restart-ice',
      'producer:create',
      'producer:pause',
      'producer:resume',
      'producer:close',
      'consumer:create',
      'consumer:pause',
      'consumer:resume',
      'consumer:close',
      'consumer:set-layers',
      'consumer:request-key-frame',
      'chat:send',
      'chat:offer-file',
      'chat:link-file',
      'chat:edit',
      'chat:delete',
      'chat:react',
      'chat:type',
      'chat:list',
      'chat:list-changes',
      'chat:clear',
      'peer:set-hand',
      'peer:set-profile',
      'peer:react',
      'peer:mute',
      'peer:ask-to-unmute',
      'peer:stop',
      'peer:lower-hand',
      'room:lower-hands',
      'peer:set-role',
      'room:hand-over',
      'peer:remove',
      'door:admit',
      'door:admit-all',
      'door:deny',
      'room:mute-all',
      'room:end-call',
    ]);
  });

  test('socket notifications', () => {
    expect(Object.keys(NOTIFICATIONS)).toEqual([
      'room:updated',
      'peer:joined',
      'peer:updated',
      'peer:left',
      'peer:reacted',
      'waiting:changed',
      'door:admitted',
      'door:denied',
      'act:done',
      'speakers:changed',
      'chat:received',
      'chat:changed',
      'chat:typed',
      'chat:cleared',
      'consumer:closed',
      'consumer:score-changed',
      'consumer:layers-changed',
      'producer:score-changed',
      'producer:layers-wanted',
      'ice-servers:renewed',
      'media:reset',
      'session:ended',
    ]);
  });

  test('REST routes', () => {
    expect(Object.values(ROUTES).map((route) => `${route.method} ${route.path} ${route.status}`)).toEqual([
      'POST /api/rooms 201',
      'GET /api/rooms/{code} 200',
      'POST /api/rooms/{code}/join 200',
      'GET /api/ice-servers 200',
      'GET /api/healthz 200',
      'POST /api/client-logs 204',
      'POST /api/client-metrics 204',
      'POST /api/files 201',
      'GET /api/files/{link} 200',
      'GET /api/auth/options 200',
      'GET /api/.well-known/jwks.json 200',
      'POST /api/auth/register 200',
      'POST /api/auth/register/confirm 200',
      'POST /api/auth/login 200',
      'POST /api/auth/refresh 200',
      'POST /api/auth/logout 204',
      'GET /api/account 200',
      'POST /api/account 200',
      'POST /api/account/password 204',
      'POST /api/account/delete 204',
      'POST /api/auth/password-reset 204',
      'POST /api/auth/password-reset/confirm 204',
      'GET /api/auth/openid 302',
      'GET /api/auth/openid/callback 302',
      'GET /api/operator/accounts 200',
      'POST /api/operator/accounts/{accountId}/block 204',
      'POST /api/operator/accounts/{accountId}/unblock 204',
      'GET /api/operator/blocked-addresses 200',
      'POST /api/operator/blocked-addresses 201',
      'POST /api/operator/blocked-addresses/{blockId}/unblock 204',
      'POST /api/operator/invitations 201',
    ]);
  });

  test('gRPC methods and metadata', () => {
    const paths = [MediaService, RoomService].flatMap((Service) =>
      Object.values(Service.service).map((method) => method.path),
    );
    expect(paths).toEqual([
      '/parley.media.v1.MediaService/GetStatus',
      '/parley.media.v1.MediaService/OpenPeer',
      '/parley.media.v1.MediaService/ClosePeer',
      '/parley.media.v1.MediaService/ConnectTransport',
      '/parley.media.v1.MediaService/RestartIce',
      '/parley.media.v1.MediaService/Produce',
      '/parley.media.v1.MediaService/SetProducerPaused',
      '/parley.media.v1.MediaService/CloseProducer',
      '/parley.media.v1.MediaService/Consume',
      '/parley.media.v1.MediaService/SetConsumersPaused',
      '/parley.media.v1.MediaService/SetConsumerLayers',
      '/parley.media.v1.MediaService/CloseConsumers',
      '/parley.media.v1.MediaService/RequestKeyFrames',
      '/parley.media.v1.MediaService/Watch',
      '/parley.room.v1.RoomService/CreateRoom',
      '/parley.room.v1.RoomService/GetRoom',
      '/parley.room.v1.RoomService/AuthorizeJoin',
      '/parley.room.v1.RoomService/BeginUpload',
      '/parley.room.v1.RoomService/FinishUpload',
      '/parley.room.v1.RoomService/GetFile',
      '/parley.room.v1.RoomService/ListDeadFiles',
      '/parley.room.v1.RoomService/ForgetFiles',
    ]);
    expect(Object.values(GRPC_METADATA)).toEqual(['parley-error-code', 'parley-trace-id', 'authorization']);
  });

  test('error codes with their HTTP and gRPC status', () => {
    expect(Object.entries(ERRORS).map(([code, { http, grpc }]) => `${code} ${http} ${grpc}`)).toEqual([
      'invalid_request 400 3',
      'invalid_room_code 400 3',
      'payload_too_large 413 3',
      'files_full 409 8',
      'unsupported_media_type 415 3',
      'unauthenticated 401 16',
      'token_invalid 401 16',
      'token_expired 401 16',
      'token_used 401 16',
      'resume_rejected 401 16',
      'credentials_invalid 401 16',
      'account_needed 401 16',
      'account_blocked 403 7',
      'address_blocked 403 7',
      'registration_closed 403 7',
      'setup_needed 403 9',
      'link_invalid 403 7',
      'email_taken 409 6',
      'forbidden 403 7',
      'not_admitted 403 7',
      'denied 403 7',
      'waiting_full 429 8',
      'origin_not_allowed 403 7',
      'not_found 404 5',
      'method_not_allowed 405 5',
      'room_not_found 404 5',
      'peer_not_found 404 5',
      'transport_not_found 404 5',
      'producer_not_found 404 5',
      'consumer_not_found 404 5',
      'not_joined 409 9',
      'already_joined 409 6',
      'conflict 409 6',
      'cannot_consume 409 9',
      'closed 409 9',
      'room_full 409 8',
      'rate_limited 429 8',
      'room_busy 429 8',
      'address_limited 429 8',
      'over_limit 429 8',
      'at_capacity 503 8',
      'media_unavailable 503 14',
      'unavailable 503 14',
      'timeout 504 4',
      'internal 500 13',
    ]);
  });

  test('enumerations', () => {
    expect(sourceSchema.options).toEqual(['microphone', 'camera', 'screen', 'screen-audio']);
    expect(permissionSchema.options).toEqual([
      'publish:microphone',
      'publish:camera',
      'publish:screen',
      'chat',
      'react',
      'raise-hand',
      'rename',
      'unmute',
      'admit',
      'moderate',
      'remove',
      'set-roles',
      'change-room',
      'end-call',
    ]);
    expect(roleSchema.options).toEqual(['owner', 'host', 'participant', 'viewer']);
    expect(reactionSchema.options).toEqual(['thumbs-up', 'clap', 'heart', 'laugh', 'surprise', 'celebrate']);
  });
});

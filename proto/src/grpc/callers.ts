import type { MediaServiceDefinition } from './generated/parley/media/v1/MediaService.ts';
import type { RoomServiceDefinition } from './generated/parley/room/v1/RoomService.ts';

/** The names for which there are certificates for calls between services; a certificate has one of them. The doctor is an operator's tool. */
export const CERTIFIED_NAMES = ['media', 'signaling', 'gateway', 'doctor'] as const;

export type CertifiedName = (typeof CERTIFIED_NAMES)[number];

type Callers = readonly CertifiedName[];

/** The methods of a generated definition, without its index signature. A method that the tables below lack is a type error. */
type MethodName<D> = keyof { [N in keyof D as string extends N ? never : number extends N ? never : N]: N };

const GATEWAY = ['gateway'] as const satisfies Callers;
const SIGNALING = ['signaling'] as const satisfies Callers;
/** The producers of a room may be on several media nodes. */
const MEDIA = ['media'] as const satisfies Callers;

const ROOM_CALLERS = {
  CreateRoom: GATEWAY,
  GetRoom: GATEWAY,
  ListRooms: GATEWAY,
  ChangeRoom: GATEWAY,
  DeleteRoom: GATEWAY,
  AuthorizeJoin: GATEWAY,
  SayGoodbye: GATEWAY,
  ListBans: GATEWAY,
  Unban: GATEWAY,
  ListCalls: GATEWAY,
  GetCall: GATEWAY,
  ListVisits: GATEWAY,
  EraseIdentity: GATEWAY,
  ListLiveRooms: GATEWAY,
  EndLiveRoom: GATEWAY,
  ListRegions: GATEWAY,
  BeginUpload: GATEWAY,
  FinishUpload: GATEWAY,
  GetFile: GATEWAY,
  ListDeadFiles: GATEWAY,
  ForgetFiles: GATEWAY,
} satisfies Record<MethodName<RoomServiceDefinition>, Callers>;

const MEDIA_CALLERS = {
  GetStatus: SIGNALING,
  OpenPeer: SIGNALING,
  ClosePeer: SIGNALING,
  FindPeer: SIGNALING,
  SetHand: SIGNALING,
  ConnectTransport: SIGNALING,
  RestartIce: SIGNALING,
  OpenSendTransport: SIGNALING,
  CloseSendTransport: SIGNALING,
  Produce: SIGNALING,
  SetProducerPaused: SIGNALING,
  CloseProducer: SIGNALING,
  Consume: SIGNALING,
  SetConsumersPaused: SIGNALING,
  SetConsumerLayers: SIGNALING,
  CloseConsumers: SIGNALING,
  RequestKeyFrames: SIGNALING,
  Watch: SIGNALING,
  FindProducer: MEDIA,
  Link: MEDIA,
  Exchange: SIGNALING,
} satisfies Record<MethodName<MediaServiceDefinition>, Callers>;

/** Which name serves each gRPC service, and who may call each of its methods. A method that is not here nobody may call. */
export const GRPC_ACCESS: Readonly<
  Record<string, { server: CertifiedName; callers: Readonly<Record<string, Callers>> }>
> = {
  'parley.room.v1.RoomService': { server: 'signaling', callers: ROOM_CALLERS },
  'parley.media.v1.MediaService': { server: 'media', callers: MEDIA_CALLERS },
};

const HEALTH = 'grpc.health.v1.Health';

/**
 * Whether `caller` may call the method with this path (`/package.Service/Method`) at the server of `service`. Health may be asked by
 * everybody who may call any method of the service, and by the doctor; what describes the service only by the doctor.
 */
export function mayCall(caller: string, service: string, path: string): boolean {
  const access = GRPC_ACCESS[service];
  if (access === undefined) return false;
  const [, called = '', method = ''] = path.split('/');
  const includes = (names: Callers | undefined): boolean => names?.some((name) => name === caller) === true;
  if (called === service) return Object.hasOwn(access.callers, method) && includes(access.callers[method]);
  if (caller === 'doctor') return called === HEALTH || called.startsWith('grpc.reflection.');
  return called === HEALTH && Object.values(access.callers).some(includes);
}

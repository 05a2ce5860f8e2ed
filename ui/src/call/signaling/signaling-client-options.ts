import type { RoomCode, TraceId } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import type { RequestResult, Snapshot } from '@parley/proto/requests';
import type { RtpCapabilities } from '@parley/proto/rtp';
import type { CallFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import type { RestClient } from '../base/rest-client.ts';
import type { LobbyPlace } from './lobby-place.ts';
import type { NotificationEvent } from './signaling-connection.ts';

export type JoinReply = RequestResult<'room:join'>;

export type SignalingClientOptions = {
  origin: string;
  rest: RestClient;
  roomCode: RoomCode;
  traceId: () => TraceId | null;
  /** Continues this peer instead of a first join; null for none. */
  resumeSecret: string | null;
  /** The present name. The name may change during the call, and a rejoin must use the new one. */
  displayName: () => string;
  rtpCapabilities: () => Promise<RtpCapabilities>;
  /** As many pictures as the page shows at first. The reply to the join brings them. */
  firstPictures: () => number;
  /** How far this browser has found the regions until now. */
  regionTimes: () => RegionTimes;
  /** What the lobby has of the first join already. This client uses or closes it. */
  place: LobbyPlace | null;
  /** The gateway has admitted the peer. The join on the socket follows. */
  onAdmitted: (reportMetrics: boolean) => void;
  /** null: the person gave none. */
  passcode: () => string | null;
  /** The person waits before the door until a host admits them. */
  onWaiting: () => void;
  /** The socket of somebody who waits is lost. `onWaiting` follows when the server has the person again. */
  onWaitingLost: () => void;
  /** The same person is in the room with another device. The join goes on after `goOn`. */
  onElsewhere: () => void;
  /** A new peer with new transports: the first join, or a rejoin after the server released the old peer. */
  onJoined: (reply: JoinReply) => void;
  onResumed: (snapshot: Snapshot, mediaKept: boolean) => void;
  /** A new resume secret: the one before it works until this one was used. */
  onSecret: (resumeSecret: string) => void;
  onLost: () => void;
  onNotification: (event: NotificationEvent) => void;
  /** The call failed, and this client does not reconnect. */
  onFailed: (failure: CallFailure) => void;
  log: ClientLog;
};

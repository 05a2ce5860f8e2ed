import type { RoomCode } from '@parley/proto/ids';
import type { ClientLog } from './base/log.ts';
import type { RestOptions } from './base/rest-client.ts';
import type { Capture } from './devices/capture.ts';
import type { JoinChoice } from './devices/join-choice.ts';
import type { Prepared } from './lobby/prepared.ts';
import type { Regions } from './lobby/regions.ts';
import type { MediaDevice } from './media/media-device.ts';
import type { TabCall } from './tab/tab-call.ts';

export type CallOptions = {
  roomCode: RoomCode;
  choice: JoinChoice;
  /** Shared by all calls of a page. The page creates it early, because its preparation takes time. */
  device: MediaDevice;
  /** Scheme, host and port of REST and signaling. Default: the origin of the page. */
  origin?: string;
  /** As whom the person joins. Default: as a guest. */
  credentials?: RestOptions['credentials'];
  /** Keeps the call for the next page of this tab, or has what the page before this one left. Absent: a page that goes away leaves. */
  tab?: TabCall;
  /** What the lobby has; the call takes it over. */
  prepared?: Prepared | null;
  /** How far the regions are. Default: nobody has measured them. */
  regions?: Pick<Regions, 'times'>;
  log?: ClientLog;
  /** Opens the devices. Default: the browser. Tests pass a fake. */
  capture?: Capture;
};

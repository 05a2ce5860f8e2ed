/** The public interface of the call client, for the components that show a call. */
export type { CallError, ClientErrorCode } from './base/call-failure.ts';
export type { DeviceState, DeviceChoice, ScreenShare } from './devices/device-state.ts';
export type { JoinChoice } from './devices/join-choice.ts';
export type { Picture } from './receive/picture.ts';
export type { Quality } from './media/connection-quality.ts';
export type { CallStatistics } from './telemetry/statistics.ts';
export type { PreviewClient } from './devices/device-preview.ts';
export type {
  Participant,
  FloatingReaction,
  ChatEntry,
  Notice,
  Rename,
  CallState,
  Recipient,
} from './state/call-state.ts';
export { Call } from './call.ts';
export { Lobby } from './lobby/lobby.ts';
export { Regions } from './lobby/regions.ts';
export { MediaDevice } from './media/media-device.ts';
export type { ScreenContent } from './screen/screen-content.ts';
export { canShareScreen } from './screen/screen-capture.ts';
export { createPreview } from './devices/device-preview.ts';

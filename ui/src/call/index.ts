/** The call client, for the pages that show it. */
export type { CallError, ClientErrorCode } from './base/call-failure.ts';
export type { DeviceState, DeviceList, DeviceChoice } from './devices/device-state.ts';
export type { JoinChoice, CapturedTracks } from './devices/join-choice.ts';
export type { Picture } from './receive/picture.ts';
export type { Quality } from './media/connection-quality.ts';
export type { StreamStatistics, CallStatistics } from './telemetry/statistics.ts';
export type { PreviewState, PreviewClient } from './devices/device-preview.ts';
export type {
  CallPhase,
  Participant,
  FloatingReaction,
  ChatEntry,
  Notice,
  CallState,
} from './state/call-state.ts';
export { Call, type CallOptions } from './call.ts';
export { MediaDevice } from './media/media-device.ts';
export { CallFailure } from './base/call-failure.ts';
export { consoleLog, type ClientLog } from './base/log.ts';
export { RestClient } from './base/rest-client.ts';
export { createPreview, type PreviewOptions } from './devices/device-preview.ts';

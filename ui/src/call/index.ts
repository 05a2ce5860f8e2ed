/** The call client for whoever draws it. */
export * from './types.ts';
export { createCall } from './call.ts';
export type { CallOptions } from './call-options.ts';
export { MediaDevice } from './media/media-device.ts';
export { CallFailure } from './base/call-failure.ts';
export { consoleLog, type ClientLog } from './base/log.ts';
export { RestClient } from './base/rest-client.ts';
export { loadPreferences, savePreferences, type Preferences } from './devices/preferences.ts';
export { createPreview, type PreviewOptions } from './devices/device-preview.ts';

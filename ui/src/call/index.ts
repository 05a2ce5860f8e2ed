/** The call client for whoever draws it. */
export * from './types.ts';
export { createCall } from './call.ts';
export type { CallOptions } from './call-options.ts';
export { MediaDevice } from './media-device.ts';
export { CallFailure } from './call-failure.ts';
export { consoleLog, type ClientLog } from './log.ts';
export { RestClient } from './rest-client.ts';
export { loadPreferences, savePreferences, type Preferences } from './preferences.ts';
export { createPreview, type PreviewOptions } from './device-preview.ts';

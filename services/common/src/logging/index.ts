export { logShape } from './service-logger.ts';
export { createLogger, type Logger } from './logger.ts';
export { LogFiles } from './log-files.ts';
export {
  logFilesOptions,
  logFilesShape,
  type LogFilesConfig,
  type LogFilesOptions,
} from './log-files-options.ts';
export { OutageLog } from './outage-log.ts';
export { acceptTraceId, newTraceId } from './trace-id.ts';

import type { z } from 'zod';
import { envSchema } from '../config/env-schema.ts';
import type { LogFileKind } from './log-retention.ts';

const MEGABYTE = 1024 * 1024;
const HOUR_MS = 60 * 60 * 1000;

/** Variables of every service for its log files: where, how large, how long. Without LOG_DIR the service writes no files. */
export const logFilesShape = {
  LOG_DIR: envSchema.text().optional().describe('the folder for log files; without it none are written'),
  LOG_FILE_MAX_MB: envSchema
    .integer({ min: 1, max: 1024, default: 32 })
    .describe('a file that is larger is finished and a new one begun'),
  LOG_FILE_MAX_HOURS: envSchema
    .integer({ min: 1, max: 24 * 31, default: 24 })
    .describe('a file that is older is finished and a new one begun'),
  LOG_SERVICE_MAX_MB: envSchema
    .integer({ min: 2, max: 1024 * 1024, default: 1024 })
    .describe('what all files of one service take; the oldest are removed'),
  LOG_MAX_DAYS: envSchema
    .integer({ min: 1, max: 3650, default: 14 })
    .describe('files that were last written longer ago are removed'),
  LOG_TROUBLE_MAX_MB: envSchema
    .integer({ min: 2, max: 1024 * 1024, default: 256 })
    .describe('what the files with the lines of warn and above take, which are apart'),
  LOG_TROUBLE_MAX_DAYS: envSchema
    .integer({ min: 1, max: 3650, default: 30 })
    .describe('as LOG_MAX_DAYS, for the files with the lines of warn and above'),
};

export type LogFilesConfig = Readonly<z.output<z.ZodObject<typeof logFilesShape>>>;

export type LogFilesOptions = {
  directory: string;
  service: string;
  /** Default: usual. */
  kind?: LogFileKind;
  fileBytesMax: number;
  fileAgeMaxMs: number;
  serviceBytesMax: number;
  ageMaxMs: number;
  retryDelayMs?: number;
  /** Called once when writing begins to fail, not for each line. */
  onProblem?: (error: unknown) => void;
};

/** Undefined when no folder is configured. */
export function logFilesOptions(
  service: string,
  config: LogFilesConfig,
  kind: LogFileKind,
): LogFilesOptions | undefined {
  if (config.LOG_DIR === undefined) return undefined;
  const isTrouble = kind === 'trouble';
  return {
    directory: config.LOG_DIR,
    service,
    kind,
    fileBytesMax: config.LOG_FILE_MAX_MB * MEGABYTE,
    fileAgeMaxMs: config.LOG_FILE_MAX_HOURS * HOUR_MS,
    serviceBytesMax: (isTrouble ? config.LOG_TROUBLE_MAX_MB : config.LOG_SERVICE_MAX_MB) * MEGABYTE,
    ageMaxMs: (isTrouble ? config.LOG_TROUBLE_MAX_DAYS : config.LOG_MAX_DAYS) * 24 * HOUR_MS,
  };
}

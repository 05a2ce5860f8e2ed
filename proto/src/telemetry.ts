import { z } from 'zod';
import { peerIdSchema, roomCodeSchema, traceIdSchema } from './ids.ts';

/*
 * What a browser tells of a call: log lines, and a few numbers about its quality. Both come from strangers: everything
 * is bounded, and nothing that a person typed is asked for.
 */

const epochMs = z.int().min(0).max(8_640_000_000_000_000);
const seconds = z.number().min(0).max(3_600);
const share = z.number().min(0).max(1);

export const CLIENT_LOG_LINES_MAX = 100;
export const CLIENT_LOG_BODY_MAX_BYTES = 64 * 1024;
export const CLIENT_LOG_FIELDS_MAX = 16;
export const CLIENT_LOG_TEXT_MAX = 300;

/** A constant text in plain words: it cannot hold what somebody typed, nor look like a line of its own. */
const message = z.string().regex(/^[A-Za-z][A-Za-z '-]{1,79}$/);

const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/);
const fieldValue = z.union([
  z.string().max(CLIENT_LOG_TEXT_MAX),
  z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  z.boolean(),
  z.null(),
]);
const fields = z
  .record(fieldName, fieldValue)
  .refine((record) => Object.keys(record).length <= CLIENT_LOG_FIELDS_MAX, {
    error: `at most ${CLIENT_LOG_FIELDS_MAX} fields`,
  });

const clientLogLineSchema = z.strictObject({
  /** When it happened, in milliseconds since the Unix epoch by the browser's clock. */
  time: epochMs,
  level: z.enum(['info', 'warn', 'error']),
  message,
  traceId: traceIdSchema.optional(),
  room: roomCodeSchema.optional(),
  peer: peerIdSchema.optional(),
  /** Whatever else belongs to it; logged below `data`, where it cannot stand for a field of ours. */
  fields: fields.optional(),
});
export type ClientLogLine = z.infer<typeof clientLogLineSchema>;

export const clientLogsSchema = z.strictObject({
  /** The browser's clock when it sent this: tells how wrong it is. */
  sentAt: epochMs,
  lines: z.array(clientLogLineSchema).min(1).max(CLIENT_LOG_LINES_MAX),
});
export type ClientLogs = z.infer<typeof clientLogsSchema>;

export const icePathSchema = z.enum(['udp', 'tcp', 'relay_udp', 'relay_tcp']);
export type IcePath = z.infer<typeof icePathSchema>;

export const clientDeviceSchema = z.enum(['microphone', 'camera', 'screen', 'speaker']);
export type ClientDevice = z.infer<typeof clientDeviceSchema>;

export const deviceProblemSchema = z.enum(['denied', 'not_found', 'busy', 'failed', 'unplugged']);
export type DeviceProblem = z.infer<typeof deviceProblemSchema>;

/** How a stay in a call was since the report before. What is not known is left out. */
export const clientMetricsSchema = z.strictObject({
  /** From Join to the first picture, and the first sound, of somebody else. In one report of a stay. */
  firstFrameSeconds: seconds.optional(),
  firstAudioSeconds: seconds.optional(),
  /** The sum over all pictures that were received. */
  watchedSeconds: z.number().min(0).max(100_000).optional(),
  freezes: z.int().min(0).max(10_000).optional(),
  frozenSeconds: z.number().min(0).max(100_000).optional(),
  /** Share of the samples that were made up because packets were missing. */
  concealedAudioRatio: share.optional(),
  roundTripSeconds: z.number().min(0).max(60).optional(),
  audioLossRatio: share.optional(),
  videoLossRatio: share.optional(),
  /** Lines of the largest picture. */
  receivedHeight: z.int().min(1).max(10_000).optional(),
  /** When it was chosen, or is another one. */
  icePath: icePathSchema.optional(),
  deviceErrors: z
    .array(z.strictObject({ device: clientDeviceSchema, problem: deviceProblemSchema }))
    .max(8)
    .optional(),
});
export type ClientMetrics = z.infer<typeof clientMetricsSchema>;

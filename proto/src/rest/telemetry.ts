import { z } from 'zod';
import { peerIdSchema, roomCodeSchema, traceIdSchema } from '../base/ids.ts';

/*
 * Reports of a browser about a call: log lines, and numbers about its quality. Anybody can send them, so everything is
 * bounded, and nothing that a person typed is asked for.
 */

const epochMs = z.int().min(0).max(8_640_000_000_000_000);
const seconds = z.number().min(0).max(3_600);
const share = z.number().min(0).max(1);

export const CLIENT_LOG_LINES_MAX = 100;
export const CLIENT_LOG_BODY_MAX_BYTES = 64 * 1024;
export const CLIENT_LOG_FIELDS_MAX = 16;
export const CLIENT_LOG_TEXT_MAX = 300;

/** A constant text in plain words. The form keeps out typed text and anything that looks like another log line. */
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
  time: epochMs.describe("when it happened, in milliseconds since the Unix epoch by the browser's clock"),
  level: z.enum(['info', 'warn', 'error']),
  message,
  traceId: traceIdSchema.optional(),
  room: roomCodeSchema.optional(),
  peer: peerIdSchema.optional(),
  fields: fields
    .optional()
    .describe('further values; logged under `data`, where none replaces a field of ours'),
});
export type ClientLogLine = z.infer<typeof clientLogLineSchema>;

export const clientLogsSchema = z.strictObject({
  sentAt: epochMs.describe(
    "the browser's clock when it sends the lines; the gateway corrects their times with it",
  ),
  lines: z.array(clientLogLineSchema).min(1).max(CLIENT_LOG_LINES_MAX),
});
export type ClientLogs = z.infer<typeof clientLogsSchema>;

export const icePathSchema = z.enum(['udp', 'tcp', 'relay_udp', 'relay_tcp']);
export type IcePath = z.infer<typeof icePathSchema>;

export const clientDeviceSchema = z.enum(['microphone', 'camera', 'screen', 'speaker']);
export type ClientDevice = z.infer<typeof clientDeviceSchema>;

export const deviceProblemSchema = z.enum(['denied', 'not_found', 'busy', 'failed', 'unplugged']);
export type DeviceProblem = z.infer<typeof deviceProblemSchema>;

/** The steps by which the media of a call comes back, each dearer than the one before. */
export const recoveryStepSchema = z.enum(['resume', 'restart', 'reopen', 'rejoin']);
export type RecoveryStep = z.infer<typeof recoveryStepSchema>;

/** `interrupted`: something else happened during the step. */
export const recoveryOutcomeSchema = z.enum(['recovered', 'overdue', 'interrupted']);
export type RecoveryOutcome = z.infer<typeof recoveryOutcomeSchema>;

const recoverySchema = z.strictObject({
  step: recoveryStepSchema,
  outcome: recoveryOutcomeSchema,
  seconds: z.number().min(0).max(600),
});
export type RecoveryReport = z.infer<typeof recoverySchema>;

/** The quality of a call since its last report. Unknown values are left out. */
export const clientMetricsSchema = z.strictObject({
  firstFrameSeconds: seconds
    .optional()
    .describe('from Join to the first picture of another peer; in one report of a call'),
  firstAudioSeconds: seconds
    .optional()
    .describe('from Join to the first sound of another peer; in one report of a call'),
  watchedSeconds: z.number().min(0).max(100_000).optional().describe('summed over all received pictures'),
  freezes: z.int().min(0).max(10_000).optional(),
  frozenSeconds: z.number().min(0).max(100_000).optional(),
  concealedAudioRatio: share
    .optional()
    .describe('share of the audio samples that were made up for missing packets'),
  roundTripSeconds: z.number().min(0).max(60).optional(),
  audioLossRatio: share.optional(),
  videoLossRatio: share.optional(),
  receivedHeight: z.int().min(1).max(10_000).optional().describe('lines of the largest received picture'),
  icePath: icePathSchema.optional().describe('in the first report after a path was chosen or changed'),
  deviceErrors: z
    .array(z.strictObject({ device: clientDeviceSchema, problem: deviceProblemSchema }))
    .max(8)
    .optional(),
  recoveries: z.array(recoverySchema).max(8).optional().describe('steps that brought media back, or did not'),
});
export type ClientMetrics = z.infer<typeof clientMetricsSchema>;

import { z } from 'zod';

/** The most regions that a page measures, and whose times a join carries. */
export const REGIONS_MAX = 16;
/** The most addresses at which one region is measured. */
export const PROBES_MAX = 4;
/** The longest round trip that anybody reports, in milliseconds. */
const ROUND_TRIP_MAX_MS = 10_000;

/** The name of a region, as operators write it: `eu-west`. */
export const regionNameSchema = z.string().regex(/^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/);

/** A UDP address of a region that answers STUN binding requests, so that a browser can measure how far it is. */
export const probeAddressSchema = z.strictObject({
  host: z.string().regex(/^[0-9A-Za-z.:_-]{1,253}$/),
  port: z.int().min(1).max(65_535),
});
export type ProbeAddress = z.infer<typeof probeAddressSchema>;

export const regionSchema = z.strictObject({
  name: regionNameSchema,
  probes: z.array(probeAddressSchema).min(1).max(PROBES_MAX).describe('of one media node of the region'),
});
export type Region = z.infer<typeof regionSchema>;

/** How far the regions are that a client could measure. */
export const regionTimesSchema = z
  .array(z.strictObject({ region: regionNameSchema, rttMs: z.int().min(0).max(ROUND_TRIP_MAX_MS) }))
  .max(REGIONS_MAX);
export type RegionTimes = z.infer<typeof regionTimesSchema>;

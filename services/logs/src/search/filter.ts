import { z } from 'zod';
import { LEVELS } from '../lines/log-line.ts';

const TIME_MAX = 8.64e15;
const TERMS_MAX = 16;

const timeSchema = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(z.number().max(TIME_MAX));
const nameSchema = z.string().min(1).max(128);

/** What a client may narrow the lines by, as it stands in a query string. */
export const filterShape = {
  /** Words that all must be there, in any case; "quoted ones" together. */
  q: z.string().max(300).optional(),
  service: nameSchema.optional(),
  instance: nameSchema.optional(),
  /** The least. */
  level: z.enum(LEVELS).optional(),
  room: nameSchema.optional(),
  peer: nameSchema.optional(),
  trace: nameSchema.optional(),
  /** Milliseconds since the Unix epoch, both inclusive. */
  from: timeSchema.optional(),
  to: timeSchema.optional(),
};

export const filterSchema = z.strictObject(filterShape);
export type Filter = z.infer<typeof filterSchema>;

/** The words of a search text. */
export function readTerms(text: string): string[] {
  const terms: string[] = [];
  for (const match of text.matchAll(/"([^"]+)"?|(\S+)/g)) {
    const term = match[1] ?? match[2] ?? '';
    if (term.trim() !== '' && terms.length < TERMS_MAX) terms.push(term);
  }
  return terms;
}

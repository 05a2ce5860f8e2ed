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

/** The filters of a query string. */
export const filterShape = {
  /** Words that a line must all contain, in upper or lower case. `"Words in quotes"` must stand together. */
  q: z.string().max(300).optional(),
  service: nameSchema.optional(),
  instance: nameSchema.optional(),
  /** The least level. */
  level: z.enum(LEVELS).optional(),
  room: nameSchema.optional(),
  peer: nameSchema.optional(),
  trace: nameSchema.optional(),
  /** Milliseconds since the Unix epoch; lines of exactly this time are included. */
  from: timeSchema.optional(),
  to: timeSchema.optional(),
};

export const filterSchema = z.strictObject(filterShape);
export type Filter = z.infer<typeof filterSchema>;

/** The words of a search text. Words in quotes are one term. */
export function readTerms(text: string): string[] {
  const terms: string[] = [];
  for (const match of text.matchAll(/"([^"]+)"?|(\S+)/g)) {
    const term = match[1] ?? match[2] ?? '';
    if (term.trim() !== '' && terms.length < TERMS_MAX) terms.push(term);
  }
  return terms;
}

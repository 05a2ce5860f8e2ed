import { z } from 'zod';
import type { LineKey } from './line-key.ts';

const CURSOR_CHARACTERS_MAX = 256;

const cursorSchema = z.tuple([
  z.number().min(-8.64e15).max(8.64e15),
  z.int().min(0).max(100),
  z.string().max(64),
  z.int().min(0),
]);

/** The place behind a line, as text that a client sends back. A client may make one up: a cursor grants nothing. */
export function encodeCursor({ time, rank, file, offset }: LineKey): string {
  return Buffer.from(JSON.stringify([time, rank, file, offset])).toString('base64url');
}

export const lineCursorSchema = z
  .string()
  .max(CURSOR_CHARACTERS_MAX)
  .transform((text, context): LineKey => {
    const parsed = cursorSchema.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
    if (!parsed.success) {
      context.addIssue({ code: 'custom', message: 'is not a cursor' });
      return z.NEVER;
    }
    const [time, rank, file, offset] = parsed.data;
    return { time, rank, file, offset };
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { ParleyError } from '@parley/proto/errors';
import type { z } from 'zod';

const MESSAGE_MAX = 300;

/**
 * Parses a query by its schema. An empty value counts as absent, because a form sends its empty fields too. A name
 * that is given twice has a list as its value, which no schema takes.
 *
 * @throws ParleyError `invalid_request`, with the names of the wrong parameters.
 */
export function readQuery<S extends z.ZodObject>(schema: S, query: unknown): z.output<S> {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== '');
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new ParleyError('invalid_request', describe(result.error));
  return result.data;
}

function describe(error: z.ZodError): string {
  const names = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? 'unknown' : issue.path.join('.'),
  );
  return `These parameters are not valid: ${[...new Set(names)].join(', ')}.`.slice(0, MESSAGE_MAX);
}

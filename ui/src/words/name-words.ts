import { displayNameSchema } from '@parley/proto';

export type NameReading = { displayName: string; problem: null } | { displayName: null; problem: string };

/** The name that a person typed, as the others see it; or why it is refused. */
export function readName(typed: string): NameReading {
  const { data, error } = displayNameSchema.safeParse(typed);
  if (error === undefined) return { displayName: data, problem: null };
  return { displayName: null, problem: problemWords(error.issues[0]?.code) };
}

function problemWords(code: string | undefined): string {
  if (code === 'too_small') return 'Enter your name so that the others know who you are.';
  if (code === 'too_big') return 'This name is too long. Use a shorter one.';
  return 'This name contains characters that cannot be shown. Delete it and type it again.';
}

import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** A variable `NAME_FILE` names a file with the value of `NAME`. */
const FILE_SUFFIX = '_FILE';
const FILE_MAX_BYTES = 65_536;

/** Lists every problem of the environment in one message. The message names variables and never shows their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The configuration is not valid:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

/** The second argument of `.superRefine()`: the check also runs when a variable is wrong, so that all problems are reported together. */
export const WITH_OTHER_PROBLEMS = { when: () => true };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that the schema names, once, each from the environment or from the file that `NAME_FILE` names. A variable set to the
 * empty string counts as not set, as compose files write it. Returns a frozen object; throws ConfigError with all problems together.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Environment): Readonly<z.output<S>> {
  const given: Record<string, string> = {};
  const unreadable = new Map<string, string>();
  for (const name of Object.keys(schema.shape)) {
    const { value, problem } = readVariable(name, env);
    if (problem !== undefined) unreadable.set(name, problem);
    else if (value !== undefined) given[name] = value;
  }
  const { success, data, error } = schema.safeParse(given);
  const invalid = (error?.issues ?? []).filter((issue) => !unreadable.has(String(issue.path[0])));
  const problems = [...unreadable.values(), ...invalid.map((issue) => describe(issue, given))];
  if (!success || problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(data);
}

function readVariable(name: string, env: Environment): { value?: string; problem?: string } {
  const value = env[name]?.trim() || undefined;
  const file = env[name + FILE_SUFFIX]?.trim();
  if (!file) return { value };
  if (value !== undefined)
    return { problem: `${name}: is set twice, by itself and by ${name}${FILE_SUFFIX}; keep one of them` };
  try {
    const text = readFileSync(file);
    if (text.length > FILE_MAX_BYTES)
      return { problem: `${name}${FILE_SUFFIX}: the file is larger than ${FILE_MAX_BYTES / 1024} KiB` };
    return { value: text.toString().trim() || undefined };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `${name}${FILE_SUFFIX}: the file cannot be read (${code})` };
  }
}

function describe(issue: z.core.$ZodIssue, given: Record<string, string>): string {
  const name = String(issue.path[0] ?? 'environment');
  if (issue.path.length > 0 && !(name in given) && issue.code === 'invalid_type')
    return `${name}: is not set`;
  return `${name}: ${issue.message}`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

/** Where the call client writes: constant messages, values in fields. */
export type ClientLog = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) => void;
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** The browser's console, where a person who is asked for the trace id finds it. */
export const consoleLog: ClientLog = (level, message, fields = {}) => {
  // oxlint-disable-next-line no-console -- the one place of the client that writes to the console
  console[level](`[parley] ${message}`, fields);
};

export const silentLog: ClientLog = () => {};

/** Adds the same fields to every line. */
export function bindLog(log: ClientLog, bound: () => LogFields): ClientLog {
  return (level, message, fields) => log(level, message, { ...bound(), ...fields });
}

/** Writes each line to both. */
export function teeLog(first: ClientLog, second: ClientLog): ClientLog {
  return (level, message, fields) => {
    first(level, message, fields);
    second(level, message, fields);
  };
}

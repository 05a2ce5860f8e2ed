/** A log of the call client. Messages are constant; values go into `fields`. */
export type ClientLog = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) => void;
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes to the browser's console. A user who reports a problem can find the trace id there. */
export const consoleLog: ClientLog = (level, message, fields = {}) => {
  // oxlint-disable-next-line no-console -- the one place of the client that writes to the console
  console[level](`[parley] ${message}`, fields);
};

export const silentLog: ClientLog = () => {};

/** Adds the fields of `bound()` to every line. A field of the line itself wins. */
export function bindLog(log: ClientLog, bound: () => LogFields): ClientLog {
  return (level, message, fields) => log(level, message, { ...bound(), ...fields });
}

/** Writes each line to both logs. */
export function teeLog(first: ClientLog, second: ClientLog): ClientLog {
  return (level, message, fields) => {
    first(level, message, fields);
    second(level, message, fields);
  };
}

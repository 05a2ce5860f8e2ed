import { createLogger, type Logger } from '../logging/logger.ts';

export const silentLogger: Logger = createLogger({ service: 'test', level: 'silent' });

/** A logger whose lines a test reads. */
export function captureLogger(
  options: { level?: string; service?: string; timestamp?: false; roomKey?: string } = {},
): {
  logger: Logger;
  lines: Record<string, unknown>[];
  text: () => string;
} {
  const written: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write(line: string): void {
      written.push(line);
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  };
  return {
    logger: createLogger({ service: 'test', level: 'trace', ...options, destination }),
    lines,
    text: () => written.join(''),
  };
}

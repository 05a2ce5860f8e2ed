const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `4:07` or `1:02:33`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  const [minutes = '00', rest = '00'] = parts;
  return hours > 0 ? `${hours}:${minutes}:${rest}` : `${Number(minutes)}:${rest}`;
}

/** `less than a minute`, `1 minute`, `2 hours and 5 minutes`. */
export function durationWords(ms: number): string {
  if (ms < MINUTE_MS) return 'less than a minute';
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  return [hours > 0 ? plural(hours, 'hour') : null, minutes > 0 ? plural(minutes, 'minute') : null]
    .filter((part) => part !== null)
    .join(' and ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

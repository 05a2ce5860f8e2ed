import type { Words } from '../languages/words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `4:07` or `1:02:33`, in the digits of the locale. */
export function clock({ locale }: Words, ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) parts.unshift(hours);
  const digits = (count: number, minimumIntegerDigits: number) =>
    new Intl.NumberFormat(locale, { minimumIntegerDigits, useGrouping: false }).format(count);
  return parts.map((part, index) => digits(part, index === 0 ? 1 : 2)).join(':');
}

/** `less than a minute`, `1 minute`, `2 hours and 5 minutes`. */
export function durationWords({ t, locale }: Words, ms: number): string {
  if (ms < MINUTE_MS) return t('basics.lessThanMinute');
  const units = [
    { unit: 'hour', count: Math.floor(ms / HOUR_MS) },
    { unit: 'minute', count: Math.floor((ms % HOUR_MS) / MINUTE_MS) },
  ];
  const parts = units.filter(({ count }) => count > 0).map(({ unit, count }) => inUnit(locale, unit, count));
  return new Intl.ListFormat(locale).format(parts);
}

function inUnit(locale: string, unit: string, count: number): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

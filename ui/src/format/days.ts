import type { Words } from '../languages/words.ts';

/** The first moment of the day of a time, in this place. Both in milliseconds since the epoch. */
export function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** The first moment of the next day. A day may have 23 or 25 hours. */
export function nextDay(time: number): number {
  const day = new Date(startOfDay(time));
  return day.setDate(day.getDate() + 1);
}

/** A day as people say it. The year only where it is another one. */
export function dayWords({ t, locale }: Words, time: number, now: number): string {
  if (startOfDay(time) === startOfDay(now)) return t('basics.today');
  if (nextDay(time) === startOfDay(now)) return t('basics.yesterday');
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return new Date(time).toLocaleDateString(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** The time of day of a moment, as people of the locale write it. */
export function timeOfDay(locale: string, time: number): string {
  return new Date(time).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}

/** A whole date, as people of the locale write it. */
export function dateWords({ locale }: Words, time: number): string {
  return new Date(time).toLocaleDateString(locale, { dateStyle: 'long' });
}

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
export function dayWords(time: number, now: number, locale?: string): string {
  if (startOfDay(time) === startOfDay(now)) return 'Today';
  if (nextDay(time) === startOfDay(now)) return 'Yesterday';
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return new Date(time).toLocaleDateString(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

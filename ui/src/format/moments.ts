/** Day and time of a moment, as people of the locale write them, in the time zone of this place. */
export function momentWords(locale: string, time: number): string {
  return new Date(time).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The name of the time zone of this place, such as `Europe/Berlin`. */
export function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A moment as a field for local time has it: `2026-03-01T09:30`. */
export function toLocalField(time: number | null): string {
  if (time === null) return '';
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment of such a field; null for an empty one. Undefined for what is no moment, or lies in no year that rooms can have. */
export function fromLocalField(text: string): number | null | undefined {
  if (text === '') return null;
  const time = new Date(text).getTime();
  return Number.isNaN(time) || time < 0 || time > 99_999_999_999_999 ? undefined : time;
}

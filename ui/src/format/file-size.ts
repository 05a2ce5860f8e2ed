const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** `12 kB`, as people of the locale write it. */
export function fileSize(locale: string, bytes: number): string {
  const power = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const unit = UNITS[power];
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unitDisplay: power === 0 ? 'long' : 'short',
    ...(unit !== undefined && { unit }),
    maximumFractionDigits: power === 2 ? 1 : 0,
  });
  return format.format(bytes / 1_000 ** power);
}

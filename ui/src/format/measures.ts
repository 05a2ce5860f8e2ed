import type { Words } from '../languages/words.ts';

/* Measured values as text. A dash stands for an unknown value. */

const UNKNOWN = '–';

/** `850 kbit/s`, `1.2 Mbit/s` */
export function bitrate({ t, locale }: Words, bitsPerSecond: number | null): string {
  if (bitsPerSecond === null) return UNKNOWN;
  return bitsPerSecond >= 1_000_000
    ? t('basics.measures.megabits', { rate: decimal(locale, bitsPerSecond / 1_000_000, 1) })
    : t('basics.measures.kilobits', { rate: decimal(locale, bitsPerSecond / 1000, 0) });
}

/** `0.4 %`, from a share of 0 to 1 */
export function percent({ t, locale }: Words, value: number | null): string {
  if (value === null) return UNKNOWN;
  const share = value * 100;
  return t('basics.measures.percent', {
    share: decimal(locale, share, share === 0 || share >= 10 ? 0 : 1),
  });
}

/** `23 ms` */
export function milliseconds({ t, locale }: Words, value: number | null): string {
  return value === null ? UNKNOWN : t('basics.measures.milliseconds', { time: decimal(locale, value, 0) });
}

/** `1280×720 at 30` */
export function resolution(
  { t }: Words,
  width: number | null,
  height: number | null,
  framesPerSecond: number | null,
): string {
  if (width === null || height === null) return UNKNOWN;
  const size = `${width}×${height}`;
  return framesPerSecond === null
    ? size
    : t('basics.measures.resolution', { size, rate: String(Math.round(framesPerSecond)) });
}

function decimal(locale: string, value: number, fractionDigits: number): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
    useGrouping: false,
  }).format(value);
}

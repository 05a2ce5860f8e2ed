/* Measured values as text. A dash stands for an unknown value. */

const UNKNOWN = '–';

/** `850 kbit/s`, `1.2 Mbit/s` */
export function bitrate(bitsPerSecond: number | null): string {
  if (bitsPerSecond === null) return UNKNOWN;
  if (bitsPerSecond >= 1_000_000) return `${(bitsPerSecond / 1_000_000).toFixed(1)} Mbit/s`;
  return `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}

/** `0.4 %`, from a share of 0 to 1 */
export function percent(value: number | null): string {
  if (value === null) return UNKNOWN;
  const percent = value * 100;
  return `${percent === 0 || percent >= 10 ? Math.round(percent) : percent.toFixed(1)} %`;
}

/** `23 ms` */
export function milliseconds(value: number | null): string {
  return value === null ? UNKNOWN : `${Math.round(value)} ms`;
}

/** `1280×720 at 30` */
export function resolution(
  width: number | null,
  height: number | null,
  framesPerSecond: number | null,
): string {
  if (width === null || height === null) return UNKNOWN;
  const size = `${width}×${height}`;
  return framesPerSecond === null ? size : `${size} at ${Math.round(framesPerSecond)}`;
}

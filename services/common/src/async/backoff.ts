export type BackoffLimits = { readonly firstMs: number; readonly maxMs: number };

/**
 * Milliseconds to wait after the given number of failures in a row, counted from 1. The pause doubles with each failure
 * up to `maxMs`.
 */
export function backoffMs(failures: number, { firstMs, maxMs }: BackoffLimits): number {
  return jittered(Math.min(maxMs, firstMs * 2 ** (failures - 1)));
}

/** A random part, between half and all, of `ms`: clients that failed at the same time do not come back at the same time. */
export function jittered(ms: number): number {
  return ms * (0.5 + Math.random() * 0.5);
}

/** One figure over several runs. */
export type Summary = { runs: number; min: number; median: number; max: number };

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return at(sorted, Math.ceil(sorted.length * share) - 1);
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const median = (at(sorted, Math.floor(last / 2)) + at(sorted, Math.ceil(last / 2))) / 2;
  return { runs: sorted.length, min: at(sorted, 0), median, max: at(sorted, last) };
}

export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** `min / median / max` in so many of the unit of the values. */
export function threeOf({ min, median, max }: Summary, { digits = 0, per = 1 } = {}): string {
  return [min, median, max].map((value) => round(value / per, digits)).join(' / ');
}

function at(sorted: readonly number[], index: number): number {
  const value = sorted[Math.max(0, index)];
  if (value === undefined) throw new Error('there are no values');
  return value;
}

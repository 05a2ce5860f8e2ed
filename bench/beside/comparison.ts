import { round, summarize } from '../summary.ts';

/** The output of one run of `npm run bench -- NAME --json`. Older commits may have more or fewer figures. */
export type PrintedReport = { name: string } & Record<string, unknown>;

/** One figure at both commits, over all pairs of runs. The ratio is new to old, of the medians. */
export type ComparedFigure = {
  figure: string;
  oldMedian: number;
  oldMin: number;
  newMedian: number;
  newMin: number;
  ratio: number;
};

/** Values that describe a run and measure nothing. */
const NOT_MEASURED = new Set(['machine', 'aim', 'aimMib', 'runs', 'callsPerKind', 'processes', 'people']);
/** Keys that name an entry of a list. */
const ENTRY_NAMES = ['part', 'people'] as const;

/** All measured numbers of a report, by their path in it, such as `joins.2.firstFrameMs.median`. */
export function measuredFigures(report: PrintedReport): Map<string, number> {
  const { name: _name, ...figures } = report;
  return new Map(numbersIn(figures, []));
}

/**
 * Compares what both commits measured. Figures that only one of them has are left out.
 * @param olds One report for each pair, all of one benchmark. @param news Their counterparts.
 */
export function compare(olds: readonly PrintedReport[], news: readonly PrintedReport[]): ComparedFigure[] {
  const [oldValues, newValues] = [collect(olds), collect(news)];
  return [...oldValues].flatMap(([figure, values]) => {
    const others = newValues.get(figure);
    if (others === undefined) return [];
    const [before, after] = [summarize(values), summarize(others)];
    const ratio = before.median === 0 ? 1 : round(after.median / before.median, 3);
    return {
      figure,
      oldMedian: before.median,
      oldMin: before.min,
      newMedian: after.median,
      newMin: after.min,
      ratio,
    };
  });
}

function collect(reports: readonly PrintedReport[]): Map<string, number[]> {
  const values = new Map<string, number[]>();
  for (const report of reports) {
    for (const [figure, value] of measuredFigures(report))
      values.set(figure, [...(values.get(figure) ?? []), value]);
  }
  return values;
}

function numbersIn(value: unknown, path: readonly string[]): [string, number][] {
  if (typeof value === 'number') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (NOT_MEASURED.has(key)) return [];
    return numbersIn(inner, [...path, nameOf(inner) ?? key]);
  });
}

/** The name of an entry of a list: lists may be sorted by size, so that an index names different entries. */
function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const key = ENTRY_NAMES.find((name) => name in entry);
  return key === undefined ? undefined : String((entry as Record<string, unknown>)[key]);
}

import { describe, expect, test } from '@jest/globals';
import { compare, measuredFigures, type PrintedReport } from '../beside/comparison.ts';
import { differingVersions } from '../beside/package-versions.ts';

const joins = (people: number, median: number) => ({
  people,
  firstFrameMs: { runs: 7, min: 1, median, max: 9 },
});
const report = (median: number, more: object = {}): PrintedReport => ({
  name: 'join',
  machine: { cores: 2 },
  aim: { medianMs: 250 },
  runs: 7,
  joins: [joins(2, median), joins(4, 2 * median)],
  ...more,
});

describe('the figures of a report', () => {
  test('are its measured numbers, by path, with entries of lists by their name', () => {
    expect(Object.fromEntries(measuredFigures(report(5)))).toEqual({
      'joins.2.firstFrameMs.min': 1,
      'joins.2.firstFrameMs.median': 5,
      'joins.2.firstFrameMs.max': 9,
      'joins.4.firstFrameMs.min': 1,
      'joins.4.firstFrameMs.median': 10,
      'joins.4.firstFrameMs.max': 9,
    });
  });

  test('keep their names when a list is in another order', () => {
    const media = { part: 'media', processes: 1, pss: 10 };
    const ui = { part: 'ui', processes: 2, pss: 20 };
    const memory: PrintedReport = { name: 'memory', parts: [media, ui] };
    const reversed: PrintedReport = { name: 'memory', parts: [ui, media] };
    expect(measuredFigures(memory).get('parts.media.pss')).toBe(10);
    expect(measuredFigures(reversed).get('parts.media.pss')).toBe(10);
  });
});

describe('the comparison of two commits', () => {
  test('gives median and minimum of each, and the ratio of new to old of the medians', () => {
    const olds = [report(10), report(30), report(20)];
    const news = [report(15), report(5), report(10)];
    expect(compare(olds, news)).toContainEqual({
      figure: 'joins.2.firstFrameMs.median',
      oldMedian: 20,
      oldMin: 10,
      newMedian: 10,
      newMin: 5,
      ratio: 0.5,
    });
  });

  test('leaves out what only one of them measures', () => {
    const figures = compare([report(1)], [report(1, { added: 3 })]).map(({ figure }) => figure);
    expect(figures).toContain('joins.2.firstFrameMs.median');
    expect(figures).not.toContain('added');
  });

  test('calls two figures of zero equal', () => {
    const zero: PrintedReport = { name: 'x', lost: 0 };
    expect(compare([zero], [zero])[0]?.ratio).toBe(1);
  });
});

describe('the packages of two lock files', () => {
  const lock = (packages: Record<string, { version?: string }>) => ({ packages });

  test('are named where their versions differ or one is missing, and workspaces are not', () => {
    const wanted = lock({
      '': { version: '0.1.0' },
      'services/media': { version: '0.1.0' },
      'node_modules/ws': { version: '8.1.0' },
      'node_modules/pino': { version: '10.0.0' },
      'node_modules/gone': { version: '1.0.0' },
    });
    const installed = lock({
      'node_modules/ws': { version: '8.2.0' },
      'node_modules/pino': { version: '10.0.0' },
    });
    expect(differingVersions(wanted, installed)).toEqual([
      'ws 8.1.0, installed 8.2.0',
      'gone 1.0.0, not installed',
    ]);
  });
});

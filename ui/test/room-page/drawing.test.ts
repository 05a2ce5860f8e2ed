import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { CallState } from '../../src/call/state/call-state.ts';
import { Drawing } from '../../src/components/room-page/drawing.ts';

let drawn: number;
const draw = (): void => void (drawn += 1);
const phase = (name: CallState['phase']): CallState => ({ phase: name }) as CallState;

beforeEach(() => {
  drawn = 0;
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a call is drawn once, when it is no longer joining', () => {
  const drawing = new Drawing(true, draw);
  drawing.follow(phase('joining'));
  expect([drawn, drawing.pending]).toEqual([0, true]);
  drawing.follow(phase('joined'));
  expect([drawn, drawing.pending]).toEqual([1, false]);
  drawing.follow(phase('reconnecting'));
  jest.runAllTimers();
  expect(drawn).toBe(1);
});

test('a join that takes longer is drawn meanwhile', () => {
  const drawing = new Drawing(true, draw);
  jest.runAllTimers();
  expect(drawn).toBe(1);
  drawing.follow(phase('joined'));
  expect(drawn).toBe(1);
});

test('a page that comes back is drawn at once', () => {
  const drawing = new Drawing(false, draw);
  expect(drawn).toBe(1);
  drawing.follow(phase('joined'));
  expect(drawn).toBe(1);
});

test('a call from which the person was sent back is not drawn', () => {
  const drawing = new Drawing(true, draw);
  drawing.cancel();
  drawing.follow(phase('failed'));
  jest.runAllTimers();
  expect(drawn).toBe(0);
});

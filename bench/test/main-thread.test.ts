import { expect, test } from '@jest/globals';
import { tasksFromPress } from '../join/main-thread.ts';

const event = (name: string, ts: number, dur: number, more: object = {}) => ({
  name,
  ph: 'X',
  ts: ts * 1000,
  dur: dur * 1000,
  pid: 1,
  tid: 1,
  ...more,
});
const press = event('EventDispatch', 100, 5, { args: { data: { type: 'click' } } });

test('the tasks of a page from the press on, in order, with what each mostly was', () => {
  const events = [
    event('RunTask', 50, 10),
    event('RunTask', 200, 40),
    event('FunctionCall', 201, 38),
    event('Layout', 205, 30),
    event('Paint', 236, 2),
    event('RunTask', 98, 12),
    press,
    event('RunTask', 300, 20, { tid: 2 }),
    event('RunTask', 300, 20, { pid: 2 }),
    event('RunTask', 400, 10),
    event('FunctionCall', 400, 3),
    event('FunctionCall', 404, 3),
  ];
  expect(tasksFromPress(events)).toEqual([
    { atMs: -2, ms: 12, mostly: 'many short ones' },
    { atMs: 100, ms: 40, mostly: 'Layout' },
    { atMs: 300, ms: 10, mostly: 'many short ones' },
  ]);
});

test('a trace without a press has none to begin with', () => {
  expect(() => tasksFromPress([event('RunTask', 1, 1)])).toThrow('nothing was pressed');
});

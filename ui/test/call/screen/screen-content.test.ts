import { describe, expect, test } from '@jest/globals';
import {
  ScreenContentChooser,
  type ScreenContent,
  type ScreenSurface,
} from '../../../src/call/screen/screen-content.ts';

function after(surface: ScreenSurface, hasSound: boolean, frames: readonly number[]): ScreenContent {
  const chooser = new ScreenContentChooser(surface, hasSound);
  for (const framesPerSecond of frames) chooser.measured(framesPerSecond);
  return chooser.content;
}

const seconds = (count: number, framesPerSecond: number): number[] =>
  Array<number>(count).fill(framesPerSecond);

describe('what is shared', () => {
  test.each<[string, ScreenSurface, boolean, number[], ScreenContent]>([
    ['anything, at first', 'browser', true, [], 'text'],
    ['a film in a tab with sound', 'browser', true, seconds(3, 25), 'motion'],
    ['a slow film in a tab with sound', 'browser', true, seconds(3, 12), 'motion'],
    ['a short burst in a tab with sound', 'browser', true, seconds(2, 30), 'text'],
    ['scrolling that stops between', 'browser', true, [30, 30, 2, 30, 30, 2], 'text'],
    ['a document with a blinking caret', 'browser', true, seconds(60, 2), 'text'],
    ['a tab without sound that moves a little', 'browser', false, seconds(10, 13), 'text'],
    ['scrolling through a tab without sound', 'browser', false, seconds(4, 15), 'text'],
    ['a game in a tab without sound', 'browser', false, seconds(5, 15), 'motion'],
    ['a player in a window', 'window', false, seconds(5, 15), 'motion'],
    ['a window with sound that moves a little', 'window', true, seconds(10, 13), 'text'],
    ['a whole screen, which may show the call itself', 'monitor', true, seconds(60, 30), 'text'],
    ['something that the browser does not name', null, true, seconds(60, 30), 'text'],
    ['a film that pauses for a moment', 'browser', true, [...seconds(3, 25), ...seconds(7, 0)], 'motion'],
    ['a film that is over', 'browser', true, [...seconds(3, 25), ...seconds(8, 0)], 'text'],
    ['a film that goes on slowly', 'browser', true, [...seconds(3, 25), ...seconds(60, 8)], 'motion'],
  ])('%s', (_what, surface, hasSound, frames, content) => {
    expect(after(surface, hasSound, frames)).toBe(content);
  });
});

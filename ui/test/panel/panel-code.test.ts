import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { PanelCode } from '../../src/components/panel/panel-code.ts';

const content = (): null => null;

describe('the code of the panels', () => {
  let asked: string[];
  let isAway: boolean;
  let code: PanelCode;
  let heard: number;

  beforeEach(() => {
    jest.useFakeTimers();
    [asked, isAway, heard] = [[], false, 0];
    const loader = (name: string) => () => {
      asked.push(name);
      return isAway ? Promise.reject(new Error('no network')) : Promise.resolve(content);
    };
    code = new PanelCode({
      chat: loader('chat'),
      people: loader('people'),
      statistics: loader('statistics'),
    });
    code.subscribe(() => (heard += 1));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is loaded once, when it is asked for first', async () => {
    expect(code.find('chat')).toBeNull();
    code.load('chat');
    code.load('chat');
    await jest.advanceTimersByTimeAsync(0);
    expect(code.find('chat')).toBe(content);
    expect(code.find('people')).toBeNull();
    expect(heard).toBe(1);
    code.loadAll();
    await jest.advanceTimersByTimeAsync(0);
    expect(asked).toEqual(['chat', 'people', 'statistics']);
    expect(heard).toBe(3);
  });

  test('is asked for again while the network is away', async () => {
    isAway = true;
    code.load('chat');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(code.find('chat')).toBeNull();
    expect(asked.length).toBeGreaterThan(3);
    isAway = false;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(code.find('chat')).toBe(content);
    expect(heard).toBe(1);
  });
});

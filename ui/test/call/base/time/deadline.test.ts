import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pause, within } from '../../../../src/call/base/time/deadline.ts';

const never = new Promise<never>(() => {});

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a deadline', () => {
  test('gives the result of work that ends in time, and leaves no timer', async () => {
    await expect(within(1000, Promise.resolve(5))).resolves.toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('gives null when the work takes longer', async () => {
    const result = within(1000, never);
    await jest.advanceTimersByTimeAsync(1000);
    await expect(result).resolves.toBeNull();
  });

  test('rejects with the error of the work', async () => {
    await expect(within(1000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(jest.getTimerCount()).toBe(0);
  });

  test('rejects with the reason of its signal, whether that aborts later or has aborted before', async () => {
    const stopping = new AbortController();
    const result = within(1000, never, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(result).rejects.toThrow('stopped');
    await expect(pause(1000, stopping.signal)).rejects.toThrow('stopped');
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a pause', () => {
  test('ends after its time', async () => {
    let isOver = false;
    void pause(1000).then(() => (isOver = true));
    await jest.advanceTimersByTimeAsync(999);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(isOver).toBe(true);
  });
});

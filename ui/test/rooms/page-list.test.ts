import { beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import { PageList, type ItemPage } from '../../src/rooms/page-list.ts';
import { deferred, settle, type Deferred } from '../support/wait-for.ts';

describe('a list that comes page by page', () => {
  let list: PageList<string, number>;
  let asked: (number | undefined)[];
  let answers: Deferred<ItemPage<string, number>>[];

  beforeEach(() => {
    [asked, answers] = [[], []];
    list = new PageList((cursor) => {
      asked.push(cursor);
      const answer = deferred<ItemPage<string, number>>();
      answers.push(answer);
      return answer.promise;
    });
  });

  const answer = async (index: number, items: string[], next: number | null): Promise<void> => {
    answers[index]?.resolve({ items, next });
    await settle();
  };

  test('loads its first page, then one more at a time, to its end', async () => {
    void list.load();
    expect(list.getState()).toMatchObject({ status: 'loading', items: [] });
    await answer(0, ['a', 'b'], 7);
    expect(list.getState()).toMatchObject({ status: 'ready', items: ['a', 'b'], hasMore: true });
    void list.more();
    // Pressed twice.
    void list.more();
    await answer(1, ['c'], null);
    expect(list.getState()).toMatchObject({ status: 'ready', items: ['a', 'b', 'c'], hasMore: false });
    await list.more();
    expect(asked).toEqual([undefined, 7]);
  });

  test('keeps what it has when a page fails, and asks for that page again', async () => {
    void list.load();
    await answer(0, ['a'], 7);
    void list.more();
    answers[1]?.reject(new CallFailure('unavailable'));
    await settle();
    expect(list.getState()).toMatchObject({ status: 'failed', items: ['a'], error: { code: 'unavailable' } });
    void list.retry();
    await answer(2, ['b'], null);
    expect(list.getState()).toMatchObject({ status: 'ready', items: ['a', 'b'], error: null });
    expect(asked).toEqual([undefined, 7, 7]);
  });

  test('does not mix an old page into a list that was loaded anew', async () => {
    void list.load();
    await answer(0, ['a'], 7);
    void list.more();
    void list.load();
    await answer(2, ['z'], 9);
    await answer(1, ['b'], null);
    expect(list.getState()).toMatchObject({ items: ['z'], hasMore: true });
  });

  test('is brought up to date only while nobody has gone beyond its first page', async () => {
    void list.load();
    await answer(0, ['a'], 7);
    void list.refresh();
    expect(list.getState().status).toBe('ready');
    await answer(1, ['b'], 7);
    expect(list.getState().items).toEqual(['b']);
    void list.more();
    await answer(2, ['c'], null);
    await list.refresh();
    expect(asked).toEqual([undefined, undefined, 7]);
  });
});

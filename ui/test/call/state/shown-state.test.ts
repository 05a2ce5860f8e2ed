import { beforeEach, describe, expect, test } from '@jest/globals';
import { endedState, initialState, type CallState, type Notice } from '../../../src/call/state/call-state.ts';
import { ShownState } from '../../../src/call/state/shown-state.ts';
import { LISTENER } from '../../support/choices.ts';
import { ROOM_CODE } from '../../support/records.ts';
import { settle } from '../../support/wait-for.ts';

const NOTICE: Notice = { id: '1', kind: 'reconnected', error: null, at: 0 };

describe('the state that the page shows', () => {
  let unread: number;
  let composed: CallState[];
  let shown: ShownState;

  beforeEach(() => {
    [unread, composed] = [0, []];
    shown = new ShownState({
      initial: initialState(ROOM_CODE, LISTENER),
      compose: ({ unreadChat }) => ({ unreadChat: unreadChat + unread }),
      onComposed: (state) => composed.push(state),
    });
  });

  test('is composed once for all that changes in one task, by what is true when the task ends', async () => {
    shown.compose();
    unread = 1;
    shown.compose();
    unread = 2;
    expect(shown.get().unreadChat).toBe(0);
    await settle();
    expect(composed.map(({ unreadChat }) => unreadChat)).toEqual([2]);
    shown.compose();
    await settle();
    expect(composed.map(({ unreadChat }) => unreadChat)).toEqual([2, 4]);
  });

  test('notifies those who subscribed, and is the same object while nothing changes', async () => {
    let notified = 0;
    const unsubscribe = shown.subscribe(() => (notified += 1));
    const before = shown.get();
    shown.compose();
    await settle();
    expect([shown.get() === before, notified]).toEqual([true, 0]);
    shown.update({ phase: 'joining' });
    await settle();
    unsubscribe();
    shown.update({ phase: 'joined' });
    await settle();
    expect([shown.get().phase, notified]).toEqual(['joined', 1]);
  });

  test('is not composed by a task that was begun before the end', async () => {
    unread = 1;
    shown.compose();
    shown.close();
    await settle();
    expect([shown.get().unreadChat, composed]).toEqual([0, []]);
  });

  test('takes nothing of a call that is over, except what its end shows and its notices', async () => {
    shown.close();
    shown.update({ phase: 'joined' });
    expect(shown.get().phase).toBe('idle');
    shown.end(endedState(null));
    expect(shown.get().phase).toBe('left');
    shown.update({ phase: 'joined' });
    shown.showNotices([NOTICE]);
    expect(shown.get()).toMatchObject({ phase: 'left', notices: [NOTICE] });
  });
});

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { backoffMs, returnPauseMs } from '../../src/call/base/time/backoff.ts';
import { CallFailure, asFailure } from '../../src/call/base/call-failure.ts';
import { addNotice, dropNotice } from '../../src/call/state/notices.ts';
import { Reactions, REACTION_SHOWN_MS, REACTIONS_MAX } from '../../src/call/state/reactions.ts';
import { ObservableState } from '../../src/call/base/observable-state.ts';
import { newTraceId, newUuid } from '../../src/call/base/ids.ts';
import { peerId } from '../support/records.ts';

describe('the store', () => {
  test('notifies its subscribers once of many changes, and not when nothing changes', async () => {
    const store = new ObservableState({ a: 1, b: 2 });
    let notified = 0;
    store.subscribe(() => (notified += 1));
    store.update({ a: 1 });
    await Promise.resolve();
    expect(notified).toBe(0);
    store.update({ a: 2 });
    store.update({ b: 3 });
    await Promise.resolve();
    expect(notified).toBe(1);
    expect(store.get()).toEqual({ a: 2, b: 3 });
  });

  test('keeps the same object until something changes', () => {
    const store = new ObservableState({ a: 1 });
    const before = store.get();
    store.update({ a: 1 });
    expect(store.get()).toBe(before);
  });
});

describe('the backoff', () => {
  test('grows to a bound, and is spread at random', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, { random: () => 1 }))).toEqual([
      300, 600, 1200, 2400, 4800, 5000, 5000,
    ]);
    expect(backoffMs(0, { random: () => 0 })).toBe(150);
  });

  test('of a return stays short for the time in which a service is started again', () => {
    const pauses = [0, 11, 12, 13, 14].map((attempt) => returnPauseMs(attempt, { random: () => 1 }));
    expect(pauses).toEqual([300, 300, 300, 600, 1200]);
  });
});

describe('failures', () => {
  test('carry a message, and the trace id of the call if they have none of their own', () => {
    const traceId = newTraceId();
    expect(new CallFailure('device_busy').toError(traceId)).toEqual({
      code: 'device_busy',
      message: expect.any(String),
      traceId,
    });
  });

  test.each([
    ['network_unreachable', true],
    ['unavailable', true],
    ['room_not_found', false],
    ['device_busy', false],
  ] as const)('%s may be repeated: %p', (code, retryable) => {
    expect(new CallFailure(code).retryable).toBe(retryable);
  });

  test('are made of any thrown value', () => {
    expect(asFailure(new Error('odd')).code).toBe('internal');
    expect(asFailure('text').message).toBe('text');
    expect(CallFailure.fromUnknownBody({ code: 'made_up', message: 'x' })).toBeNull();
  });
});

describe('ids', () => {
  test('have the form of the contract', () => {
    expect(newTraceId()).toMatch(/^[0-9a-f]{32}$/);
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(Array.from({ length: 100 }, newUuid)).size).toBe(100);
  });
});

describe('notices', () => {
  test('are shown once for one cause, stay within a bound, and go when they are dismissed', () => {
    const busy = new CallFailure('device_busy').toError();
    let notices = addNotice([], { kind: 'device-error', error: busy }, 1);
    notices = addNotice(notices, { kind: 'device-error', error: busy }, 2);
    notices = addNotice(
      notices,
      { kind: 'device-error', error: new CallFailure('device_failed').toError() },
      3,
    );
    expect(notices.map((notice) => notice.at)).toEqual([2, 3]);
    expect(dropNotice(notices, notices[0]!.id)).toHaveLength(1);
    expect(dropNotice(notices, 'other')).toBe(notices);
    for (const kind of [
      'reconnected',
      'media-restored',
      'autoplay-blocked',
      'request-failed',
      'screen-share-ended',
    ] as const) {
      notices = addNotice(notices, { kind });
    }
    expect(notices).toHaveLength(5);
  });
});

describe('parts with timers', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('reactions disappear after some seconds, and their number has a bound', () => {
    const reactions = new Reactions(() => {});
    reactions.show(peerId('ann'), 'Ann', 'clap');
    jest.advanceTimersByTime(REACTION_SHOWN_MS - 1);
    expect(reactions.floating).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(reactions.floating).toHaveLength(0);
    for (let count = 0; count < 100; count += 1) reactions.show(peerId('ann'), 'Ann', 'clap');
    expect(reactions.floating).toHaveLength(REACTIONS_MAX);
    reactions.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('reactions that end within a moment are dropped together', () => {
    let changes = 0;
    const reactions = new Reactions(() => {
      changes += 1;
    });
    for (let count = 0; count < 20; count += 1) {
      reactions.show(peerId('ann'), 'Ann', 'clap');
      jest.advanceTimersByTime(50);
    }
    expect(changes).toBe(20);
    jest.advanceTimersByTime(REACTION_SHOWN_MS);
    expect(reactions.floating).toHaveLength(0);
    expect(changes).toBeLessThanOrEqual(26);
    reactions.close();
  });
});

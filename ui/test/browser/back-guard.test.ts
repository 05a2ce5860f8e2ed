import { describe, expect, jest, test } from '@jest/globals';
import { BackGuard } from '../../src/browser/back-guard.ts';
import { waitFor } from '../support/wait-for.ts';

/** The entries of a browser's history. */
class FakeHistory {
  entries: unknown[] = [{ page: 'start' }, { page: 'room' }];
  at = 1;
  onPop: () => void = () => {};

  get state(): unknown {
    return this.entries[this.at];
  }

  pushState(state: unknown): void {
    this.entries = [...this.entries.slice(0, this.at + 1), state];
    this.at += 1;
  }

  replaceState(state: unknown): void {
    this.entries = this.entries.with(this.at, state);
  }

  back(): void {
    this.at -= 1;
    this.onPop();
  }
}

function guarded() {
  const history = new FakeHistory();
  const ask = jest.fn();
  const guard = new BackGuard(history, ask);
  history.onPop = () => guard.handleBack();
  guard.arm();
  return { history, guard, ask };
}

const start = { page: 'start' };
const room = { page: 'room' };

describe('back in a call', () => {
  test('closes what was opened last, one thing for each press', () => {
    const { history, guard, ask } = guarded();
    const closed: string[] = [];
    const open = (name: string) => {
      const done = guard.opened(() => {
        closed.push(name);
        done();
      });
    };
    open('chat');
    open('menu');
    history.back();
    expect(closed).toEqual(['menu']);
    history.back();
    expect(closed).toEqual(['menu', 'chat']);
    expect(ask).not.toHaveBeenCalled();
    history.back();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('asks once, and the second press leaves', () => {
    const { history, ask } = guarded();
    history.back();
    expect(ask).toHaveBeenCalledTimes(1);
    expect(history.state).toEqual(room);
    history.onPop = () => {};
    history.back();
    expect(history.state).toEqual(start);
  });

  test('asks again after the person chose to stay', () => {
    const { history, guard, ask } = guarded();
    history.back();
    guard.arm();
    history.back();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test('leaves no entry behind when the call is over', async () => {
    const { history, guard, ask } = guarded();
    guard.disarm();
    await waitFor('the additional entry to go', () => history.at === 1);
    expect(history.state).toEqual(room);
    expect(ask).not.toHaveBeenCalled();
  });

  test('keeps the entry if the guard is armed again at once', async () => {
    const { history, guard } = guarded();
    guard.disarm();
    guard.arm();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(history.at).toBe(2);
    expect(history.entries).toHaveLength(3);
  });

  test('leaves the entry to the guard of the next call, which is armed before this one lets go', async () => {
    const { history, guard } = guarded();
    const ask = jest.fn();
    const next = new BackGuard(history, ask);
    history.onPop = () => next.handleBack();
    next.arm();
    guard.disarm();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(history.at).toBe(2);
    expect(ask).not.toHaveBeenCalled();
    next.disarm();
    await waitFor('the additional entry to go', () => history.at === 1);
    expect(history.entries).toHaveLength(3);
  });

  test('adopts the entry that the page before this one left', () => {
    const { history } = guarded();
    const ask = jest.fn();
    const next = new BackGuard(history, ask);
    history.onPop = () => next.handleBack();
    next.arm();
    expect(history.at).toBe(2);
    history.back();
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

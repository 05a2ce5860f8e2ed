import { beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import { newTraceId } from '../../../src/call/base/ids.ts';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { pagePlayback } from '../../../src/call/playback/playback.ts';
import { NoticeBoard } from '../../../src/call/state/notice-board.ts';
import { settle } from '../../support/wait-for.ts';

let board: NoticeBoard;
let changes: number;
const traceId = newTraceId();
const kinds = () => board.notices.map(({ kind }) => kind);

beforeEach(() => {
  changes = 0;
  board = new NoticeBoard({ traceId, log: silentLog, onChanged: () => (changes += 1) });
  Object.assign(globalThis, { document: new EventTarget(), window: new EventTarget() });
});

afterEach(() => {
  board.close();
  Reflect.deleteProperty(globalThis, 'document');
  Reflect.deleteProperty(globalThis, 'window');
});

/** An element that the browser plays only after a press. */
function refusing(muted: boolean) {
  const element = Object.assign(new EventTarget(), {
    muted,
    paused: true,
    isAllowed: false,
    srcObject: { active: true },
    ownerDocument: document,
    play: async () => {
      if (!element.isAllowed) throw new DOMException('no', 'NotAllowedError');
    },
  });
  return { element, release: pagePlayback.keep(element as unknown as HTMLMediaElement) };
}

describe('the notices of a call', () => {
  test('have one for everything that the browser refuses to play, and it goes when all of it plays', async () => {
    const blocked = [refusing(true), refusing(false), refusing(false)];
    await settle();
    expect(kinds()).toEqual(['autoplay-blocked']);
    for (const { element } of blocked.slice(1)) element.isAllowed = true;
    board.resumePlayback();
    await settle();
    expect(kinds()).toEqual(['pictures-blocked']);
    blocked[0]!.release();
    expect(kinds()).toEqual([]);
    for (const { release } of blocked) release();
  });

  test('say once in a call what goes on for a while, also after it was dismissed', () => {
    board.addOnce('pictures-limited');
    board.addOnce('pictures-limited');
    expect(kinds()).toEqual(['pictures-limited']);
    board.dismiss(board.notices[0]!.id);
    board.addOnce('pictures-limited');
    expect(kinds()).toEqual([]);
  });

  test('name the trace of the call where a failure has none', () => {
    board.add('request-failed', new CallFailure('rate_limited'));
    expect(board.notices[0]?.error).toMatchObject({ code: 'rate_limited', traceId });
  });

  test('become no more after the board is closed, and can still be dismissed', () => {
    board.add('reconnected');
    board.close();
    board.add('media-restored');
    expect(kinds()).toEqual(['reconnected']);
    board.dismiss(board.notices[0]!.id);
    expect(kinds()).toEqual([]);
    expect(changes).toBe(2);
  });
});

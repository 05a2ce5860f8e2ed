import { createRequire } from 'node:module';
import type bcd from '@mdn/browser-compat-data';
import { describe, expect, test } from '@jest/globals';
import { chooseHandler, MARKS } from '../../../src/call/media/handler-choice.ts';

const data = createRequire(import.meta.url)('@mdn/browser-compat-data') as typeof bcd;

describe('the handler of mediasoup-client', () => {
  test.each([
    ['Firefox', { [MARKS.gecko]: 0 }, 'Firefox120'],
    ['Safari', { [MARKS.webkit]: () => {} }, 'Safari12'],
    ['any other browser', {}, 'Chrome111'],
  ])('%s gets that of its engine, whatever it calls itself', (_engine, page, handler) => {
    expect(chooseHandler(page)).toBe(handler);
  });

  test.each([
    ['mozInnerScreenX', data.api.Window?.mozInnerScreenX, ['firefox', 'firefox_android']],
    ['GestureEvent', data.api.GestureEvent, ['safari', 'safari_ios', 'webview_ios']],
  ])('is chosen by %s, which one engine alone has', (mark, entry, browsers) => {
    expect(Object.values(MARKS)).toContain(mark);
    const support = Object.entries(entry?.__compat?.support ?? {});
    const having = support.filter(([, statement]) => 'version_added' in statement && statement.version_added);
    expect(having.map(([name]) => name).toSorted()).toEqual(browsers);
  });
});

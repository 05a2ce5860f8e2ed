import { createContext, runInContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { CALL_NEEDS_SCRIPT } from '../../src/browser/call-needs.ts';
import { PAGE_LOAD_SCRIPT } from '../../src/browser/page-load.ts';

test('both scripts at the beginning of each page can be read by the oldest browsers, one after the other', () => {
  expect(PAGE_LOAD_SCRIPT).not.toMatch(/=>|\b(?:let|const|class|of)\b|`|\?\.|\?\?|\*\*/);
  const page = createContext({});
  const empty = '{ getAttribute: e, setAttribute: e, hasAttribute: e }';
  const prepare = `function e() {} var window = { addEventListener: e }, setTimeout = e, document = { documentElement: ${empty} };`;
  runInContext(`${prepare}${CALL_NEEDS_SCRIPT};${PAGE_LOAD_SCRIPT};var ended = true`, page);
  expect(page.ended).toBe(true);
});

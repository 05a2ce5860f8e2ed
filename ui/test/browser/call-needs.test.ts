import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { CALL_NEEDS, CALL_NEEDS_SCRIPT } from '../../src/browser/call-needs.ts';

/** What the script writes in a page with all needs of a call, after `change`. */
function lackIn(change: string): string | undefined {
  const page = createContext({});
  const written: { lack?: string } = {};
  Object.assign(page, { setLack: (lack: string) => (written.lack = lack) });
  const prepare = `
    var window = globalThis, document = { documentElement: { setAttribute: (_name, lack) => setLack(lack) } };
    for (const need of ${JSON.stringify(Object.values(CALL_NEEDS).flat())}) {
      let place = window;
      for (const name of need.split('.')) place = place[name] ??= function () {};
    }`;
  runInContext(`${prepare};${change};${CALL_NEEDS_SCRIPT}`, page);
  return written.lack;
}

describe('the script at the beginning of each page', () => {
  test('finds no fault with a browser that has everything', () => {
    expect(lackIn('')).toBeUndefined();
  });

  test.each(CALL_NEEDS.old)('calls a browser without %s too old', (need) => {
    expect(lackIn(`delete window.${need}`)).toBe('old');
  });

  test.each(CALL_NEEDS.webrtc)('sees that WebRTC is off or incomplete without %s', (need) => {
    expect(lackIn(`delete window.${need}`)).toBe('webrtc');
  });

  test('calls a browser too old that lacks both, because an update gives it both', () => {
    expect(lackIn('delete window.RTCPeerConnection; delete Promise.withResolvers')).toBe('old');
  });

  test('can be read by the oldest browsers', () => {
    expect(CALL_NEEDS_SCRIPT).not.toMatch(/=>|\b(?:let|const|class|of)\b|`|\?\.|\?\?|\*\*/);
  });
});

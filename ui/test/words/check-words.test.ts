import { describe, expect, test } from '@jest/globals';
import { ERROR_CODES } from '@parley/proto/errors';
import { judgeBandwidth } from '../../src/call/check/bandwidth-check.ts';
import {
  CHECK_NAMES,
  skipped,
  well,
  wrong,
  type CheckCode,
  type CheckFacts,
} from '../../src/call/check/check.ts';
import type { CheckState } from '../../src/call/check/connection-check.ts';
import { checkReport, countLines } from '../../src/words/check-report.ts';
import { checkWords } from '../../src/words/check-words.ts';
import { english } from '../support/words.ts';

const FAULTS: [CheckCode, CheckFacts, RegExp][] = [
  ['insecure-origin', {}, /https/],
  ['edge', {}, /gateway runs/],
  ['clock', { secondsAhead: -45 }, /45 s behind.*NTP/],
  ['call', { error: 'media_unavailable' }, /media_unavailable.*logs/],
  ['websocket', {}, /Upgrade/],
  ['udp-port', { addresses: ['192.0.2.1'], ports: [40000] }, /port 40000 of 192\.0\.2\.1.*open UDP 40000/],
  ['tcp-port', { addresses: ['192.0.2.1'], ports: [40000] }, /port 40000 of 192\.0\.2\.1.*open TCP 40000/],
  ['relay', {}, /TURN_URLS/],
  ['web', {}, /EDGE_TURN/],
  ['sign-in', {}, /sign in to the network/],
  ['announced-address', { addresses: ['192.0.2.1'] }, /192\.0\.2\.1.*MEDIA_RTC_ANNOUNCED_ADDRESSES/],
  ['announced-address', { addresses: ['127.0.0.1'], loopback: true }, /only the server itself/],
  ['device', { error: 'device_busy' }, /Another program.*Close/],
  ['no-answer', {}, /question/],
  ['no-speaker', {}, /headphones/],
  ['internal', {}, /again/],
];

describe('the words of the check', () => {
  test.each(FAULTS)('of %s say what is wrong and what to do', (code, facts, expected) => {
    const { finding: what, fix } = checkWords(english, 'microphone', wrong(code, facts));
    expect(`${what} ${fix}`).toMatch(expected);
    expect(fix).toMatch(/\.$/);
  });

  test.each(CHECK_NAMES)('of a healthy %s ask for nothing', (name) => {
    const { finding: what, fix } = checkWords(english, name, well());
    expect(what).toMatch(/\.$/);
    expect(fix).toBeNull();
  });

  test.each(ERROR_CODES)('of a call refused with %s name the code', (error) => {
    expect(checkWords(english, 'websocket', wrong('call', { error })).finding).toContain(`(${error})`);
  });

  test('of a bandwidth say what it is enough for', () => {
    const measured = { lossUp: 0, lossDown: 0.004, roundTripMs: 12 };
    const fine = judgeBandwidth({ ...measured, up: 2_000_000, down: 500_000 });
    expect(fine.state).toBe('well');
    expect(checkWords(english, 'bandwidth', fine).finding).toBe(
      'Up 2.0 Mbit/s, enough for HD video; down 500 kbit/s, enough for small video. 0.4 % lost, 12 ms there and back.',
    );
    const slow = judgeBandwidth({ ...measured, up: 100_000, down: 2_000_000 });
    expect(slow.code).toBe('slow');
    expect(checkWords(english, 'bandwidth', slow).finding).toContain('Up 100 kbit/s, enough for sound only');
    expect(judgeBandwidth({ ...measured, up: 0, down: 0 }).code).toBe('slow');
    expect(judgeBandwidth({ ...measured, lossDown: 0.2, up: 3e6, down: 3e6 }).code).toBe('loss');
  });
});

describe('the report', () => {
  const state: CheckState = {
    phase: 'done',
    current: null,
    traceId: null,
    finishedAt: 0,
    lines: [
      { name: 'server', result: well() },
      { name: 'udp', result: wrong('udp-port', { addresses: ['192.0.2.1'], ports: [4000] }) },
      { name: 'relay', result: skipped('no-turn') },
      { name: 'speaker', result: null },
    ],
  };

  test('has a line for each check, and the fix below a failed one', () => {
    const text = checkReport(english, state, { origin: 'https://call.example.org', userAgent: 'Browser' });
    expect(text).toMatch(
      /of https:\/\/call\.example\.org\n1970-01-01T00:00:00\.000Z\nBrowser\n\nok {3}Server: /,
    );
    expect(text).toMatch(/\nFAIL Media over UDP: UDP port 4000 of 192\.0\.2\.1 [^\n]*\n {5}→ /);
    expect(text).toMatch(/\n- {4}Media over TURN: No TURN server/);
    expect(text).toMatch(/\n\? {4}Speaker: not checked$/);
  });

  test('a check that has no result or was skipped does not count as wrong', () => {
    expect(countLines(state.lines)).toEqual({ known: 3, wrong: 1 });
  });
});

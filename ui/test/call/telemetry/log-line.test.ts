import { clientLogsSchema } from '@parley/proto/rest';
import { describe, expect, test } from '@jest/globals';
import type { LogFields } from '../../../src/call/base/log.ts';
import { toLine } from '../../../src/call/telemetry/log-line.ts';
import { describe as describeError } from '../../../src/call/telemetry/page-log.ts';

const IDS = { traceId: 'ab'.repeat(16), room: 'abcd-efgh-jkm', peer: 'peer-1' };
const line = (fields: LogFields) => toLine(1_000, 'warn', 'device problem', fields);

/** What the gateway would say to it. */
function expectTaken(made: object): void {
  expect(clientLogsSchema.safeParse({ sentAt: 1_000, lines: [made] }).error).toBeUndefined();
}

describe('a log line on its way to the gateway', () => {
  test('has the ids of the call beside its fields', () => {
    const made = line({ ...IDS, device: 'camera', afterMs: 12.5, mediaKept: false, code: null });
    expect(made).toEqual({
      time: 1_000,
      level: 'warn',
      message: 'device problem',
      ...IDS,
      fields: { device: 'camera', afterMs: 12.5, mediaKept: false, code: null },
    });
    expectTaken(made);
  });

  test('leaves out ids that are not known yet, and fields that are not there', () => {
    const made = line({ traceId: undefined, room: null, peer: 'not a peer', digest: undefined });
    expect(made).toEqual({ time: 1_000, level: 'warn', message: 'device problem' });
  });

  test.each<[string, LogFields]>([
    ['a long text', { reason: 'x'.repeat(10_000) }],
    ['odd numbers', { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: 1e300 }],
    ['odd names', { 'a b': 1, __proto__x: 2, Upper: 3 }],
    ['many fields', Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, n]))],
  ])('is accepted by the gateway even with %s', (_what, fields) => expectTaken(line(fields)));

  test.each<[string, LogFields]>([
    ['a join token', { reason: 'got eyJhbGciOiJIUzI1NiJ9.SENSITIVEpayload.SENSITIVEsignature' }],
    ['a resume secret', { reason: `kept ${'SENSITIVE'.repeat(6)}` }],
    ['a field of a secret name', { resumeSecret: 'SENSITIVE', joinToken: 'SENSITIVE', icePwd: 'SENSITIVE' }],
    ['a name', { displayName: 'SENSITIVE' }],
    ['the text of a chat message', { text: 'SENSITIVE', chatText: 'SENSITIVE' }],
    ['SDP', { reason: 'Failed to parse SessionDescription. a=ice-pwd:SENSITIVE\r\na=x:SENSITIVE' }],
    ['a whole description', { reason: 'v=0\r\no=- 1 2 IN IP4 SENSITIVE' }],
    ['a candidate', { reason: 'bad line: a=candidate:1 1 udp 1 SENSITIVE 9 typ host' }],
  ])('comes without %s', (_what, fields) => {
    const text = JSON.stringify(line(fields));
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('SENSITIVE');
  });
});

describe('the description of an unhandled error', () => {
  test('has its kind, its place, and its text only where the engine made it', () => {
    const description = describeError(new TypeError('x is not a function'));
    expect(description).toMatchObject({ type: 'TypeError', reason: 'x is not a function' });
    expect(description['place']).toMatch(/log-line\.test\.ts:\d+:\d+$/);
    expect(describeError(new SyntaxError('Unexpected token in "hello Bob"'))['reason']).toBeUndefined();
    expect(describeError('SENSITIVE')).toEqual({ type: 'string' });
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { traceIdSchema } from '@parley/proto/ids';
import { CLIENT_LOG_LINES_MAX, REPORT_PASS_HEADER, type ClientLogLine } from '@parley/proto/rest';
import { correctTime } from '../src/reports/client-log-intake.ts';
import { ReportPasses } from '../src/reports/report-passes.ts';
import { LOG_KEY, startGateway, type Gateway } from './gateway-harness.ts';

const TRACE = traceIdSchema.parse('ab'.repeat(16));
const IDS = { traceId: TRACE, peer: 'peer-1' };
const PASS = new ReportPasses(LOG_KEY).issue(TRACE);

describe('the time of a line that a browser sends', () => {
  const now = 1_800_000_000_000;
  test.each([
    ['is taken as it is when its clock is right', now - 5_000, now - 20, now - 5_000],
    ['stays before the gateway answers the request that follows it', now - 7, now - 5, now - 7],
    ['is moved back when its clock is ahead', now + 60_000 - 5_000, now + 60_000, now - 5_000],
    ['is moved on when its clock is behind', now - 90_000, now - 60_000, now - 30_000],
    ['is never in the future', now + 99_999, now, now],
    ['is an hour ago at most', 0, now, now - 3_600_000],
    ['is an hour ago at most whatever the clock says', 0, 8_640_000_000_000_000, now - 3_600_000],
  ])('%s', (_what, time, sentAt, expected) => {
    expect(correctTime(time, sentAt, now)).toBe(expected);
  });
});

describe('the log lines of browsers', () => {
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway({ signaling: ['127.0.0.1:1'], rateFactor: 1 });
  });

  afterEach(() => gateway.close());

  const line = (more: object = {}) => ({ time: Date.now(), level: 'info', message: 'join pressed', ...more });
  const send = (lines: object[], more: object = {}, client = '203.0.113.1', pass: string | null = PASS) =>
    gateway.post(
      '/api/client-logs',
      { sentAt: Date.now(), lines, ...more },
      {
        'x-forwarded-for': `6.6.6.6, ${client}`,
        ...(pass !== null && { [REPORT_PASS_HEADER]: pass }),
      },
    );

  test('become lines of the service browser, at the time at which they happened there', async () => {
    const time = Date.now() - 3_000;
    const answer = await send([
      line({ ...IDS, time, fields: { microphone: true, afterMs: 12.5, code: null } }),
      line({ level: 'error', message: 'call failed' }),
    ]);
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    expect(gateway.browserLog.lines).toMatchObject([
      {
        level: 'info',
        time: new Date(time).toISOString(),
        service: 'browser',
        msg: 'join pressed',
        ...IDS,
        data: { microphone: true, afterMs: 12.5, code: null },
      },
      { level: 'error', service: 'browser', msg: 'call failed', traceId: TRACE },
    ]);
  });

  test('have the name of their room in place of its code', async () => {
    await send([line({ room: 'abcd-efgh-jkm', fields: { place: '/r/abcd-efgh-jkm' } })]);
    expect(gateway.browserLog.lines).toMatchObject([{ room: expect.stringMatching(/^room-[0-9a-f]{16}$/) }]);
    expect(gateway.browserLog.text()).not.toContain('abcd-efgh');
  });

  test.each<[string, string | null]>([
    ['no pass', null],
    ['an empty pass', ''],
    ['a forged pass', PASS.slice(0, -3) + 'AAA'],
    ['a pass of another trace', PASS.replace('ab', 'cd')],
    ['a pass that is made to last', PASS.replace(/\.(\w+)\./, '.zzzzzzzzz.')],
    ['a pass of another installation', new ReportPasses('another key').issue(TRACE)],
    ['an old pass', new ReportPasses(LOG_KEY, () => Date.now() - 3 * 86_400_000).issue(TRACE)],
  ])('of a page with %s are refused', async (_what, pass) => {
    const answer = await send([line()], {}, '203.0.113.1', pass);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'unauthenticated' } });
    expect(gateway.browserLog.lines).toEqual([]);
  });

  test('cannot get into the trace of another call', async () => {
    expect((await send([line(), line({ traceId: 'cd'.repeat(16) })])).status).toBe(400);
    expect(gateway.browserLog.lines).toEqual([]);
  });

  test('are fifty a second for an address in the long run, however few requests they come in', async () => {
    const full = Array.from({ length: 100 }, () => line());
    const statuses: number[] = [];
    for (let n = 0; n < 60; n += 1) statuses.push((await send(full)).status);
    expect(statuses.slice(0, 20)).toEqual(Array<number>(20).fill(204));
    expect(statuses).toContain(429);
    expect((await send(full, {}, '203.0.113.2')).status).toBe(204);
  });

  test('stay one line of the service browser whatever their fields say', async () => {
    const evil = 'Eve\n{"level":"fatal","service":"media","msg":"forged"}\r\n\u001b[31m</script>';
    const answer = await send([line({ fields: { reason: evil, service: 'media', msg: 'forged', time: 1 } })]);
    expect(answer.status).toBe(204);
    const text = gateway.browserLog.text();
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text).not.toContain('\u001b');
    expect(gateway.browserLog.lines).toMatchObject([
      { level: 'info', service: 'browser', msg: 'join pressed', data: { reason: evil, service: 'media' } },
    ]);
  });

  test('come without secrets', async () => {
    await send([
      line({
        fields: {
          token: 'SENSITIVE',
          reason: 'got eyJhbGciOiJIUzI1NiJ9.SENSITIVEpayload.SENSITIVEsignature',
          icePwd: 'a=ice-pwd:SENSITIVE',
        },
      }),
    ]);
    expect(gateway.browserLog.text()).toContain('join pressed');
    expect(gateway.browserLog.text()).not.toContain('SENSITIVE');
  });

  test.each<[string, object[], object]>([
    ['no line', [], {}],
    ['too many lines', Array.from({ length: CLIENT_LOG_LINES_MAX + 1 }, () => line()), {}],
    ['an unknown key', [line()], { service: 'media' }],
    ['an unknown key of a line', [line({ service: 'media' })], {}],
    ['a message that is no plain text', [line({ message: 'a\u001b[31mb' })], {}],
    ['a message that looks like a line', [line({ message: '{"service":"media"}' })], {}],
    ['a long message', [line({ message: 'a'.repeat(81) })], {}],
    ['a level of its own', [line({ level: 'fatal' })], {}],
    ['a time that is none', [line({ time: 'now' })], {}],
    ['a trace that is none', [line({ traceId: 'x' })], {}],
    ['a long text', [line({ fields: { text: 'a'.repeat(301) } })], {}],
    ['an object as a field', [line({ fields: { text: {} } })], {}],
    ['a field of an odd name', [line({ fields: { 'a b': 1 } })], {}],
    [
      'many fields',
      [line({ fields: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`f${n}`, n])) })],
      {},
    ],
  ])('are refused with %s', async (_what, lines, more) => {
    const answer = await send(lines, more);
    expect(answer.status).toBe(400);
    expect(gateway.browserLog.lines).toEqual([]);
  });

  test('may be as large as 64 KiB and no larger', async () => {
    const big = (count: number) =>
      Array.from({ length: count }, () => line({ fields: { a: 'a'.repeat(300), b: 'b'.repeat(300) } }));
    expect((await send(big(80))).status).toBe(204);
    expect((await send(big(100))).status).toBe(413);
  });

  /** Faster than a limit grows back, on any machine, sooner or later. Resolves with how many were sent. */
  /** @param atOnce Fewer than the requests that an address may send, where another limit is looked at. */
  const untilLimited = async (
    sendOne: (n: number) => ReturnType<typeof send>,
    atOnce = 150,
  ): Promise<number> => {
    for (let sent = 0; sent < 3_000;) {
      const answers = await Promise.all(Array.from({ length: atOnce }, (_, n) => sendOne(sent + n)));
      sent += answers.length;
      if (answers.some(({ status }) => status === 429)) return sent;
    }
    throw new Error('nothing was limited');
  };

  test('are limited by address, and in total', async () => {
    await untilLimited(() => send([line()]));
    expect((await send([line()], {}, '203.0.113.2')).status).toBe(204);
    const full: ClientLogLine[] = Array.from({ length: 100 }, () => line() as ClientLogLine);
    const sent = await untilLimited((n) => send(full, {}, `198.51.${100 + Math.floor(n / 250)}.${n % 250}`));
    expect(gateway.browserLog.lines.length).toBeLessThan(sent * full.length);
  });

  test('are limited by bytes for an address, those of trouble apart from the others', async () => {
    const fields = Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`f${n}`, 'x'.repeat(300)]));
    const big = (level: string) => Array.from({ length: 12 }, () => line({ level, fields }));
    // Some 40 of these requests hold as many bytes as may come at once, and fewer lines.
    const sent = await untilLimited(() => send(big('error')), 5);
    expect(gateway.browserLog.lines.length).toBeLessThan(sent * 12);
    expect(gateway.browserLog.text().length).toBeLessThan(4 * 1024 * 1024);
    expect((await send(big('warn'))).status).toBe(429);
    expect((await send(big('info'))).status).toBe(204);
    expect((await send(big('error'), {}, '203.0.113.2')).status).toBe(204);
  });

  test('cause no log line of the gateway itself', async () => {
    await send([line()]);
    const logged = gateway.log.lines.filter(({ level }) => level !== 'debug' && level !== 'trace');
    expect(logged).toEqual([]);
  });
});

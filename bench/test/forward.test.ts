import { describe, expect, test } from '@jest/globals';
import { answerAll, firstSection } from '../forward/load/janus-sdp.ts';
import { Pace } from '../pace.ts';
import { CASES, SERVERS, type ServerName } from '../forward/cases.ts';
import { describeForwarding } from '../forward/describe.ts';
import { toMarkdown } from '../report.ts';
import { figuresOf, lostPercent, steady, type Window } from '../forward/windows.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');

describe('the descriptions of Janus', () => {
  const offer = lines(
    'v=0',
    'a=group:BUNDLE 0 1',
    'a=ice-lite',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    'a=sendonly',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:1',
    'a=sendonly',
  );
  const answer = lines(
    'v=0',
    'a=group:BUNDLE 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    'a=recvonly',
    'a=rtpmap:111 opus/48000/2',
    'a=ice-ufrag:abcd',
  );

  test('lose all media sections but the first', () => {
    expect(firstSection(offer)).toBe(
      lines(
        'v=0',
        'a=group:BUNDLE 0',
        'a=ice-lite',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'a=mid:0',
        'a=sendonly',
      ),
    );
  });

  test('are answered section by section with the answer to the first, which asks for retransmissions', () => {
    const section = (mid: string) =>
      lines(
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        `a=mid:${mid}`,
        'a=recvonly',
        'a=rtpmap:111 opus/48000/2',
        'a=rtcp-fb:111 nack',
        'a=ice-ufrag:abcd',
      );
    expect(answerAll(answer, offer)).toBe(lines('v=0', 'a=group:BUNDLE 0 1') + section('0') + section('1'));
  });

  test('are useless without media', () => {
    expect(() => firstSection(lines('v=0'))).toThrow('no media');
    expect(() => answerAll(lines('v=0'), offer)).toThrow('no media');
  });
});

describe('the pace of senders', () => {
  function sentBy(senders: number, packetsPerSecond: number, ticks: readonly number[]): number[] {
    const sent: number[] = [];
    const pace = new Pace(senders, packetsPerSecond, (sender) => sent.push(sender));
    pace.start(0);
    pace.stop();
    for (const now of ticks) pace.tick(now);
    return sent;
  }

  test('is that of all of them, one after the other', () => {
    // Four packets in 10 ms, the first at once.
    expect(sentBy(2, 200, [0, 2.4, 2.5, 5, 7.5])).toEqual([0, 1, 0, 1]);
  });

  test('makes up for a late tick', () => {
    expect(sentBy(1, 200, [0, 20])).toHaveLength(5);
  });

  test('does not send in one burst what a long pause of the process left out', () => {
    expect(sentBy(1, 200, [0, 10_000]).length).toBeLessThanOrEqual(12);
  });
});

describe('the windows of a server', () => {
  const window = (more: Partial<Window>): Window => ({
    received: 1_000,
    expected: 1_000,
    serviceNs: 1_000_000,
    workerNs: 9_000_000,
    loadNs: 10_000_000,
    tookMs: 20,
    p50Ms: 1,
    p99Ms: 2,
    ...more,
  });

  test('do not count where the load cost more than 1.3 times its least', () => {
    const calm = window({ loadNs: 10_000_000 });
    const edge = window({ loadNs: 13_000_000 });
    const disturbed = window({ loadNs: 13_100_000 });
    expect(steady([edge, disturbed, calm])).toEqual([edge, calm]);
  });

  test('give the cost of a packet that arrived, and the part of the service', () => {
    const windows = [8, 10, 12].map((ms) => window({ workerNs: (ms - 1) * 1_000_000 }));
    expect(figuresOf(windows)).toMatchObject({
      kept: 3,
      packetUs: { median: 10, min: 8 },
      serviceUs: 1,
      loadUs: 10,
      loadPercent: 50,
    });
  });

  test('say what was lost, and a packet that was under way when counting began is none', () => {
    expect(lostPercent(window({ received: 990 }))).toBeCloseTo(1);
    expect(lostPercent(window({ received: 1_001 }))).toBe(0);
  });
});

describe('the report of forwarding', () => {
  const window = (workerMs: number, p50Ms: number): Window => ({
    received: 1_000,
    expected: 1_000,
    serviceNs: 0,
    workerNs: workerMs * 1_000_000,
    loadNs: 10_000_000,
    tookMs: 20,
    p50Ms,
    p99Ms: 2 * p50Ms,
  });
  const report = (servers: readonly ServerName[], noJanus?: string) => {
    const all = { parley: window(12, 1.3), bare: window(10, 1.1), janus: window(16, 4) };
    const figures = Object.fromEntries(servers.map((name) => [name, figuresOf([all[name]])]));
    const measured = CASES.map((one) => ({ case: one, figures, directMs: 0.1 }));
    return describeForwarding(measured, { noJanus, windows: 6, windowMs: 5_000 });
  };

  test('divides what Parley costs and adds by what the others do', () => {
    expect(report(SERVERS).figures['ratios']).toMatchObject({
      '10x50': { bare: 1.2, bareLeast: 1.2, bareP50: 1.2, bareP99: 1.19, janus: 0.75 },
    });
  });

  test('says why Janus is missing', () => {
    const text = toMarkdown(report(['parley', 'bare'], 'no package\nof this name'));
    expect(text).toContain('Janus was not measured: no package of this name');
    expect(text).toContain('| 10x50 | 1.2 | 1.2 | 1.2 | 1.19 |  |');
  });
});

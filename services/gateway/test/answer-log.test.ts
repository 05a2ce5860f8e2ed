import { describe, expect, test } from '@jest/globals';
import { AnswerLog } from '../src/http/answer-log.ts';

function written() {
  const lines: Record<string, unknown>[] = [];
  const clock = { ms: 0 };
  const log = new AnswerLog(() => clock.ms);
  const answer = (route: string, status: number) =>
    log.answered(
      {
        debug: () => undefined,
        info: (fields: unknown) => void lines.push(fields as Record<string, unknown>),
      },
      { route, method: 'GET', status, durationMs: 1 },
    );
  return { lines, clock, answer };
}

describe('the lines about answers', () => {
  test.each([
    ['unmatched', 404],
    ['joinRoom', 429],
  ])(
    'of a flood that gains nothing (%s, %i) are bounded, and the next one counts what was left out',
    (route, status) => {
      const { lines, clock, answer } = written();
      for (let i = 0; i < 5_000; i += 1) answer(route, status);
      expect(lines).toHaveLength(200);
      clock.ms += 1_000;
      answer(route, status);
      expect(lines).toHaveLength(201);
      expect(lines.at(-1)).toMatchObject({ route, status, skipped: 4_800 });
      answer(route, status);
      expect(lines.at(-1)).not.toHaveProperty('skipped');
    },
  );

  test('about what people did are all written, also during a flood', () => {
    const { lines, answer } = written();
    for (let i = 0; i < 1_000; i += 1) answer('unmatched', 404);
    for (let i = 0; i < 300; i += 1) answer('createRoom', 201);
    const about = lines.filter(({ route }) => route === 'createRoom');
    expect(about).toHaveLength(300);
    expect(about.every((line) => !('skipped' in line))).toBe(true);
  });
});

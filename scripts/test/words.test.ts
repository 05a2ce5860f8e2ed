import { describe, expect, test } from '@jest/globals';
import { commentsOf, wordProblems } from '../lint/words.mjs';

describe('the comments of a source', () => {
  test('are blocks, runs of line comments, and what stands behind code', () => {
    const source = [
      '/**',
      ' * One block.',
      ' *',
      ' * Its second part.',
      ' */',
      'const a = 1; // Behind code.',
      '// A run',
      '// of lines.',
      "const url = 'http://localhost'; /* Another. */",
      '/** Short. */',
      '-- Of Lua.',
    ].join('\n');
    expect(commentsOf(source).map(({ line, text }) => [line, text.replaceAll(/\s+/g, ' ')])).toEqual([
      [1, 'One block. Its second part.'],
      [6, 'Behind code.'],
      [7, 'A run of lines.'],
      [9, 'Another.'],
      [10, 'Short.'],
      [11, 'Of Lua.'],
    ]);
  });
});

describe('a sentence of a comment', () => {
  test.each([
    '// Who comes late waits.',
    '// Whoever holds it\n// releases it.',
    '/** Whose name is taken gets another. */',
    '/**\n * Fine so far. Who is late\n * waits.\n */',
    'close(); // Who asks again gets the same.',
  ])('may not begin with a headless subject: %j', (source) => {
    expect(wordProblems(source).headless).toHaveLength(1);
  });

  test.each(['// A peer who is late waits.', "const title = 'Who is here';", '// Whole records only.'])(
    'may hold the word elsewhere: %j',
    (source) => {
      expect(wordProblems(source).headless).toEqual([]);
    },
  );
});

test('"told", "tell" and "tells" are found anywhere in the source, "told" in longer words is not', () => {
  const source = 'const a = 1;\n// The server tells it.\nfunction f() {} // untold\nexpect("Tell me");\n';
  expect(wordProblems(source).told.map(({ line }) => line)).toEqual([2, 4]);
});

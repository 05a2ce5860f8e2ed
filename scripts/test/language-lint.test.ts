import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attempt } from '../lib/command.mjs';
import { ROOT } from '../lib/paths.mjs';
import { placeOfWords, readsLikeWords } from '../lint/literal-words.mjs';
import { physicalClass } from '../lint/logical-classes.mjs';

describe('the rule that words come from the catalogues', () => {
  test.each([
    'Microphone',
    'Saving…',
    'Copy link',
    'you are in',
    ', camera off',
    'No microphone and no camera',
    'sign-in of the hotel',
  ])('takes "%s" for words', (text) => expect(readsLikeWords(text)).toBe(true));

  test.each([
    '',
    ' · ',
    'flex items-center gap-2',
    'relative flex',
    'absolute inset-x-0 bottom-0 flex h-10',
    'max-sm:pr-(--safe-right) [&_svg]:size-5',
    'abcd-efgh-jkm',
    'errors.room_full.title',
    'device-replaced',
    'PgUp',
    'MediaStream',
    '0.75rem 1.25rem',
    '#0b1013',
  ])('does not take "%s" for words', (text) => expect(readsLikeWords(text)).toBe(false));

  test('holds for the pages, and not for catalogues, calls and servers', () => {
    expect(placeOfWords('/a/ui/src/components/basics/button.tsx')).toBe(
      'ui/src/components/basics/button.tsx',
    );
    expect(placeOfWords('/a/ui/src/languages/catalogues/en/chat.ts')).toBeUndefined();
    expect(placeOfWords('/a/ui/src/call/call.ts')).toBeUndefined();
    expect(placeOfWords('/a/ui/test/words/words.test.ts')).toBeUndefined();
  });
});

describe('the rule that classes know no left and right', () => {
  test.each([
    ['flex ml-2', 'ml-2'],
    ['sm:-mr-1', 'sm:-mr-1'],
    ['absolute left-0', 'left-0'],
    ['data-[state=open]:right-1.5', 'data-[state=open]:right-1.5'],
    ['text-left', 'text-left'],
    ['rounded-tl-lg border-l', 'rounded-tl-lg'],
    ['top-1/2 left-1/2', 'left-1/2'],
  ])('"%s" fails', (text, found) => expect(physicalClass(text)).toBe(found));

  test.each([
    'ms-2 me-1 ps-3 pe-4 start-0 end-1 text-start rounded-s-lg border-e',
    'left-1/2 -translate-x-1/2',
    'pl-(--safe-left) pr-[max(1rem,var(--safe-right))]',
    'left',
    'mr',
    'place-content-center mx-auto',
  ])('"%s" passes', (text) => expect(physicalClass(text)).toBeUndefined());
});

describe('npm run lint', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-lint-'));
    symlinkSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The lines of a component in which a rule of ours fails. */
  async function failingLines(rule: string, lines: readonly string[]): Promise<string[]> {
    const path = join(folder, 'ui/src/components/basics/some.tsx');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lines.join('\n'));
    const args = ['-c', join(ROOT, '.oxlintrc.json'), '-f', 'unix', path];
    const env = { ...process.env, PARLEY_LINT_ROOT: folder };
    const { output } = await attempt(join(ROOT, 'node_modules', '.bin', 'oxlint'), args, {
      cwd: folder,
      env,
    });
    const failed = output.split('\n').filter((line) => line.includes(`parley(${rule})`));
    const numbers = failed.map((line) => Number(/some\.tsx:(\d+):/.exec(line)?.[1]));
    return lines.filter((_line, index) => numbers.includes(index + 1));
  }

  test('finds words wherever they stand in a component', async () => {
    const bad = [
      'export const a = <p>Join</p>;',
      'export const b = <p>{busy ? <i /> : `join ${count} others`}</p>;',
      'export const c = <button aria-label="join" />;',
      "export const d = <Field hint={busy ? 'wait' : undefined} />;",
      "export const e = { label: 'join' };",
      "const TITLE = 'Microphone';",
      "export const f = () => 'the camera is off';",
      "showToast('Link copied');",
      'export const g = <Field none="none" />;',
      "export const h = { idle: 'Copy link' }[state];",
    ];
    expect(await failingLines('words-in-catalogues', bad)).toEqual(bad);
  });

  test('leaves alone what nobody reads', async () => {
    const good = [
      "'use client';",
      "import { a } from 'some where';",
      'export const a = <p className="some words here">{t(\'basics.close\')}</p>;',
      "export const b = cn('Some words', x && 'more words');",
      "if (event.key === 'Enter') go();",
      "throw new Error('There is no call here');",
      "pageLog()('error', 'the page failed');",
      "export type Side = 'Left side' | 'right side';",
      "export const c = <button aria-label={t('basics.close')} style={{ font: '1rem some font' }} />;",
      "switch (key) { case 'Escape': break; }",
      "export const d = <p>{'·'} {'→'} {12}</p>;",
    ];
    expect(await failingLines('words-in-catalogues', good)).toEqual([]);
  });

  test('finds classes of one side only', async () => {
    const bad = ['export const a = <p className="ml-2" />;', 'export const b = cn(`pl-${size}`, x);'];
    expect(
      await failingLines('logical-classes', [...bad, 'export const c = <p className="ms-2" />;']),
    ).toEqual(bad);
  });
});

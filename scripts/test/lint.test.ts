import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attempt } from '../lib/command.mjs';
import { ROOT } from '../lib/paths.mjs';
import { importProblem, layerProblem, placeProblem } from '../lint/import-problem.mjs';
import { LAYERS, PARTS, WORKSPACES } from '../lint/import-table.mjs';

const value = (specifier: string) => ({ specifier, isType: false });
const type = (specifier: string) => ({ specifier, isType: true });

describe('the import table', () => {
  test('names every workspace', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { workspaces: string[] };
    expect(Object.keys(WORKSPACES).toSorted()).toEqual(manifest.workspaces.toSorted());
  });

  test.each([
    ['services/media/src/a.ts', 'mediasoup'],
    ['services/media/src/a.ts', '@parley/common'],
    ['services/media/src/a.ts', '@parley/proto/grpc'],
    ['services/media/src/a.ts', '@parley/proto/media-rpc'],
    ['services/media/src/a.ts', './b.ts'],
    ['services/media/test/a.test.ts', '../src/b.ts'],
    ['services/media/test/a.test.ts', '@parley/common/testing'],
    ['services/media/src/a.ts', 'node:fs'],
    ['ui/src/app/page.tsx', 'react'],
    ['ui/src/app/page.tsx', '@parley/proto/requests'],
    ['ui/src/call/call.ts', 'mediasoup-client'],
    ['ui/src/server/a.ts', 'node:http'],
    ['ui/src/instrumentation.ts', './server/a.ts'],
    ['ui/src/proxy.ts', './server/a.ts'],
    ['ui/test/a.test.ts', '../src/server/a.ts'],
    ['tests/system/a.test.ts', '@parley/proto/rest'],
    ['tests/system/a.test.ts', '../harness/peer/raw-peer.ts'],
    ['tests/system/a.test.ts', '../../scripts/lib/paths.mjs'],
    ['bench/join.ts', '../tests/harness/browser/pages.ts'],
    ['bench/forward/bare/main.ts', 'mediasoup'],
    ['bench/forward/servers/janus.ts', '../../../scripts/bootstrap/system-packages.mjs'],
    ['scripts/start.mjs', './bootstrap/launch.mjs'],
    ['scripts/bootstrap/apt.mjs', '../lib/command.mjs'],
    ['scripts/launcher/stack/a.ts', '../base/ports.ts'],
    ['scripts/launcher/start/edge.ts', 'http-proxy-3'],
    ['scripts/doctor/checks/media.ts', '@parley/proto/rest'],
    ['scripts/test/a.test.ts', '../../tests/harness/peer/rtp-endpoint.ts'],
    ['jest.config.mjs', 'jest'],
  ])('%s may import %s', (file, specifier) => {
    expect(importProblem(file, value(specifier))).toBeUndefined();
  });

  test.each([
    ['proto/src/a.ts', '@parley/common', /may not import/],
    ['services/common/src/a.ts', '@parley/media', /may not import/],
    ['services/media/src/a.ts', '@parley/signaling', /may not import/],
    ['services/gateway/src/a.ts', '@parley/signaling', /may not import/],
    ['services/gateway/src/a.ts', 'mediasoup', /only the media service/],
    ['services/signaling/src/a.ts', '../../common/src/logger.ts', /may not leave services\/signaling/],
    ['services/signaling/src/deep/er/a.ts', '../../../../media/src/b.ts', /may not leave/],
    ['services/signaling/src/a.ts', '@parley/common/testing', /Only tests/],
    ['services/signaling/src/a.ts', '../test/helper.ts', /may not import tests/],
    ['services/signaling/src/a.ts', 'left-pad', /not a dependency/],
    ['ui/src/app/page.tsx', '@parley/common', /may not import/],
    ['ui/src/app/page.tsx', '@parley/proto/grpc', /browsers do not speak gRPC/],
    ['ui/src/app/page.tsx', '@parley/proto/room-rpc', /browsers do not speak gRPC/],
    ['ui/src/app/page.tsx', 'node:fs', /does not exist in a browser/],
    ['ui/src/components/a.tsx', '../server/a.ts', /Only ui\/src\/instrumentation/],
    ['ui/src/call/call.ts', '@/server/a', /Only ui\/src\/instrumentation/],
    ['ui/src/call/call.ts', 'react', /knows no React/],
    ['ui/src/call/call.ts', 'next/navigation', /knows no React/],
    ['ui/src/call/call.ts', '../components/tile.tsx', /knows no React/],
    ['ui/src/call/call.ts', '@/components/tile', /knows no React/],
    ['scripts/a.ts', '../services/media/src/b.ts', /package's name/],
    ['tests/system/a.test.ts', '../../services/media/src/b.ts', /package's name/],
    ['tests/system/a.test.ts', '@parley/media', /may not import/],
    ['tests/system/a.test.ts', '../../scripts/launcher/start/lan.ts', /tests, scripts\/lib/],
    ['tests/harness/peer/a.ts', '../../system/b.test.ts', /tests\/harness, scripts\/lib/],
    ['tests/system/a.test.ts', '../../bench/join.ts', /may not import/],
    ['bench/join.ts', '../tests/system/a.test.ts', /may not import/],
    ['scripts/doctor/a.ts', '../../tests/harness/peer/b.ts', /may not import/],
    ['scripts/lib/a.mjs', '../bootstrap/apt.mjs', /scripts\/lib may not import/],
    ['scripts/launcher/base/a.ts', '../start/lan.ts', /base may not import/],
    ['scripts/launcher/start/a.ts', '../../start.mjs', /launcher may not import/],
    ['scripts/bootstrap/apt.mjs', 'uqr', /built-in modules alone/],
    ['scripts/start.mjs', '@parley/common/async', /built-in modules alone/],
    ['scripts/launcher/base/a.ts', '@parley/media/config', /may not import/],
    ['scripts/launcher/base/a.ts', 'playwright-core', /not a dependency/],
    ['tests/system/a.test.ts', 'left-pad', /not a dependency/],
  ])('%s may not import %s', (file, specifier, why) => {
    expect(importProblem(file, value(specifier))).toMatch(why);
  });

  test.each(['monitoring/a.ts', 'tools/deep/a.mjs', 'services/new/src/a.ts'])(
    '%s lies in a folder that the table does not know',
    (file) => {
      expect(placeProblem(file)).toMatch(/no entry in the import table/);
    },
  );

  test('has an entry for each folder of code', () => {
    const known = [
      'jest.config.mjs',
      'scripts/start.mjs',
      'tests/harness/a.ts',
      'bench/logs/a.ts',
      'ui/a.ts',
    ];
    expect(known.map((file) => placeProblem(file))).toEqual(known.map(() => undefined));
    for (const name of Object.keys(PARTS)) expect(existsSync(join(ROOT, name))).toBe(true);
  });

  test('a type of a development dependency is no import at run time', () => {
    expect(importProblem('ui/src/app/page.tsx', type('@types/react'))).toBeUndefined();
    expect(importProblem('ui/src/app/page.tsx', value('@types/react'))).toMatch(/not a dependency/);
  });
});

describe('the order of folders inside a folder', () => {
  const isFile = (name: string) => /\.\w+$/.test(name);
  const order = { 'ui/src/call': ['base', 'media', 'state'] };

  test.each([
    ['ui/src/call/state/a.ts', 'ui/src/call/base/b.ts'],
    ['ui/src/call/state/a.ts', 'ui/src/call/state/deep/b.ts'],
    ['ui/src/call/state/deep/a.ts', 'ui/src/call/media/b'],
    ['ui/src/call/call.ts', 'ui/src/call/state/b.ts'],
    ['ui/src/call/call.ts', 'ui/src/call/state'],
    ['ui/src/call/call.ts', 'ui/src/call/other.ts'],
    ['ui/src/call/base/a.ts', 'ui/src/lib/b.ts'],
    ['ui/src/app/page.tsx', 'ui/src/call/state/b.ts'],
  ])('%s may import %s', (file, target) => {
    expect(layerProblem(file, target, order)).toBeUndefined();
  });

  test.each([
    ['ui/src/call/base/a.ts', 'ui/src/call/media/b.ts', /base may not import .*media.*base, media, state/],
    ['ui/src/call/media/deep/a.ts', 'ui/src/call/state/b', /media may not import/],
    ['ui/src/call/state/a.ts', 'ui/src/call/call.ts', /state may not import/],
    ['ui/src/call/state/a.ts', 'ui/src/call/call', /state may not import/],
    ['ui/src/call/state/a.ts', 'ui/src/call/unlisted/b.ts', /unlisted has no place/],
    ['ui/src/call/unlisted/a.ts', 'ui/src/call/base/b.ts', /unlisted has no place/],
  ])('%s may not import %s', (file, target, why) => {
    expect(layerProblem(file, target, order)).toMatch(why);
  });

  test.each([
    ['ui/src/app/page.tsx', '../components/landing-page/join-form.tsx'],
    ['ui/src/components/stage/stage.tsx', '../../hooks/use-call.tsx'],
    ['ui/src/components/room-page/a.tsx', '../prejoin-page/b.tsx'],
    ['ui/src/hooks/use-call.tsx', '../call/index.ts'],
    ['ui/src/words/a.ts', '../format/measures.ts'],
    ['ui/src/call/media/media.ts', '../send/publication.ts'],
    ['ui/src/call/call.ts', './state/chat/chat.ts'],
  ])('in the pages %s may import %s', (file, specifier) => {
    expect(importProblem(file, type(specifier))).toBeUndefined();
  });

  test.each([
    ['ui/src/call/call.ts', '../arrangement/arrangement.ts', /call may not import/],
    ['ui/src/call/send/publication.ts', '../media/media.ts', /send may not import .*media/],
    ['ui/src/call/base/log.ts', '../call.ts', /base may not import/],
    ['ui/src/hooks/use-call.tsx', '../components/tile/tile.tsx', /hooks may not import/],
    ['ui/src/selectors/people.ts', '../words/error-words.ts', /selectors may not import/],
    ['ui/src/components/basics/button.tsx', '../tile/tile.tsx', /basics may not import/],
    ['ui/src/components/prejoin-page/a.tsx', '../room-page/b.tsx', /prejoin-page may not import/],
    ['ui/src/components/tile/tile.tsx', '../../app/page.tsx', /components may not import/],
  ])('in the pages %s may not import %s, not even a type', (file, specifier, why) => {
    expect(importProblem(file, type(specifier))).toMatch(why);
  });

  test('holds for the log viewer: what reads files knows nothing of searches, and only HTTP knows of both', () => {
    const sources = 'services/logs/src';
    expect(importProblem(`${sources}/http/a.ts`, type('../search/b.ts'))).toBeUndefined();
    expect(importProblem(`${sources}/search/a.ts`, type('../files/b.ts'))).toBeUndefined();
    expect(importProblem(`${sources}/files/a.ts`, type('../search/b.ts'))).toMatch(/may not import/);
    expect(importProblem(`${sources}/login/a.ts`, value('../http/b.ts'))).toMatch(/may not import/);
  });

  test('may hold a file, which folders after it may import', () => {
    const withFile = { 'services/signaling/src': ['metrics.ts', 'store', 'room'] };
    const problem = (file: string, target: string) =>
      layerProblem(`services/signaling/src/${file}`, `services/signaling/src/${target}`, withFile);
    expect(problem('room/a.ts', 'metrics.ts')).toBeUndefined();
    expect(problem('metrics.ts', 'store/a.ts')).toMatch(/metrics\.ts may not import .*store/);
    expect(problem('room/a.ts', 'main.ts')).toMatch(/room may not import/);
  });

  test('names only folders that exist, and all of them', () => {
    for (const [parent, folders] of Object.entries(LAYERS)) {
      const entries = readdirSync(join(ROOT, parent), { withFileTypes: true });
      const existing = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      expect(folders.filter((name) => !isFile(name)).toSorted()).toEqual(existing.toSorted());
      for (const name of folders.filter(isFile)) expect(existsSync(join(ROOT, parent, name))).toBe(true);
    }
  });
});

describe('npm run lint', () => {
  let folder: string;

  // A project of its own with our rules: the files are not real, the linter is.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-lint-'));
    symlinkSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function lint(file: string, source: string): Promise<{ status: number; output: string }> {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
    const oxlint = join(ROOT, 'node_modules', '.bin', 'oxlint');
    const args = ['-c', join(ROOT, '.oxlintrc.json'), '-f', 'unix', path];
    return await attempt(oxlint, args, { cwd: folder, env: { ...process.env, PARLEY_LINT_ROOT: folder } });
  }

  test('passes a file that keeps the rules', async () => {
    const { status, output } = await lint(
      'services/media/src/good.ts',
      "export { Worker } from 'node:worker_threads';\n",
    );
    expect(output).not.toContain('Error');
    expect(status).toBe(0);
  });

  test('fails on an import that the table does not allow', async () => {
    const { status, output } = await lint(
      'services/gateway/src/bad.ts',
      "export * from '../../common/src/logger.ts';\n",
    );
    expect(output).toContain('parley(import-table)');
    expect(status).not.toBe(0);
  });

  test('fails on a file in a folder that the table does not know', async () => {
    const { status, output } = await lint('tools/new.ts', 'export const answer = 42;\n');
    expect(output).toContain('no entry in the import table');
    expect(status).not.toBe(0);
  });

  test('fails on a function of more than 60 lines and a file of more than 400', async () => {
    const body = Array.from({ length: 61 }, (_, index) => `  total += ${index};`).join('\n');
    const big = await lint(
      'services/media/src/big.ts',
      `export function big(start: number): number {\n  let total = start;\n${body}\n  return total;\n}\n`,
    );
    expect(big.output).toContain('eslint(max-lines-per-function)');
    const long = await lint(
      'services/media/src/long.ts',
      Array.from({ length: 401 }, (_, index) => `export const a${index} = ${index};`).join('\n'),
    );
    expect(long.output).toContain('eslint(max-lines)');
    expect([big.status, long.status]).not.toContain(0);
  });

  test('fails on any, on == and on console in a service', async () => {
    const source = 'export function f(a: any): boolean {\n  console.log(a);\n  return a == 1;\n}\n';
    const { output } = await lint('services/media/src/any.ts', source);
    expect(output).toContain('no-explicit-any');
    expect(output).toContain('eqeqeq');
    expect(output).toContain('no-console');
  });

  test.each([
    ['an icon', '<b><i />Join</b>'],
    ['an expression', '<b>{count} people</b>'],
    ['another text', "<b>{a ? 'one' : 'two'}{other}</b>"],
    ['a part that comes and goes', '<b>{`${a}`}{a && <i />}</b>'],
    ['an element in a fragment', '<>Join<i /></>'],
    ['an icon, from a catalogue', "<b>\n  <i />\n  {t('room.rejoin')}\n</b>"],
  ])('fails on text beside %s', async (_what, jsx) => {
    const source = `export const element = (a: string, count: number, other: string) => ${jsx};\n`;
    const { status, output } = await lint('ui/src/components/basics/bad.tsx', source);
    expect(output).toContain('parley(text-alone)');
    expect(status).not.toBe(0);
  });

  test.each([
    ['alone', '<b>\n  Join\n</b>'],
    ['of several parts in one expression', '<b>{`${count} of ${other}`}</b>'],
    ['in an element of its own', "<b>\n  {/* Why. */}\n  <i />\n  <span>{a ? 'one' : 'two'}</span>\n</b>"],
    ['in a condition and not on the page', '<b>\n  {count > 1 && <i />}\n  <i />\n</b>'],
    ['beside nothing but a comment', '<b>\n  {/* Why. */}\n  Join\n</b>'],
  ])('passes text %s', async (_what, jsx) => {
    const source = `export const element = (a: string, count: number, other: string) => ${jsx};\n`;
    const { output } = await lint('ui/src/components/basics/good.tsx', source);
    expect(output).not.toContain('parley(text-alone)');
  });

  test('fails on a built-in that a supported browser lacks, in the code of the page alone', async () => {
    const source =
      'export const made = Promise.try(() => 1);\nexport const seen = new MediaStreamTrackProcessor();\n';
    const { output } = await lint('ui/src/call/base/made.ts', source);
    expect(output).toContain('Promise.try is missing in');
    expect(output).toContain('MediaStreamTrackProcessor is missing in');
    expect((await lint('services/media/src/made.ts', source)).output).not.toContain('browser-support');
  });
});

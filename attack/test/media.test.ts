import '../../tests/harness/jest-timeout.ts';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from '@jest/globals';
import { attempt } from '../../scripts/lib/command.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { MEDIA_ATTACKS } from '../media/attacks.ts';

// As a program of its own, because that has to end by itself: the sockets of media have threads that keep a process running.
test('no guest sends more media than their share, and the attack ends when it is over', async () => {
  const names = MEDIA_ATTACKS.map(({ name }) => name);
  const { status, output } = await attempt(process.execPath, [
    join(ROOT, 'attack', 'main.ts'),
    '--small',
    ...names,
  ]);
  expect(output).not.toContain('BROKEN');
  for (const name of names) expect(output).toContain(`${name}: `);
  expect(output).toContain('Every bar held.');
  expect(status).toBe(0);
});

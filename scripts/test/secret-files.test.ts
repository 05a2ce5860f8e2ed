import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { takeSecretFiles } from '../launcher/base/secret-files.ts';
import { publicEnv } from '../launcher/services/node-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-secret-files-'));
const path = join(folder, 'database-url');
writeFileSync(path, 'postgres://parley@192.0.2.1/parley\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a launcher reads the value of a private variable from the file that NAME_FILE names', () => {
  const env: NodeJS.ProcessEnv = { DATABASE_URL_FILE: path, PORT: '1' };
  takeSecretFiles(env);
  expect(env).toEqual({ DATABASE_URL: 'postgres://parley@192.0.2.1/parley', PORT: '1' });
});

test('a file that cannot be read, or a second value, is refused by name', () => {
  expect(() => takeSecretFiles({ TURN_SECRET_FILE: join(folder, 'missing') })).toThrow(
    /^TURN_SECRET_FILE names .*missing, which cannot be read \(ENOENT\)/,
  );
  expect(() => takeSecretFiles({ DATABASE_URL: 'x', DATABASE_URL_FILE: path })).toThrow(
    'DATABASE_URL is set twice',
  );
});

test('services that need not know a private value get neither it nor the name of its file', () => {
  process.env.DATABASE_URL_FILE = path;
  takeSecretFiles(process.env);
  const env = publicEnv({ LOG_LEVEL: 'info' });
  expect(env).not.toHaveProperty('DATABASE_URL');
  expect(env).not.toHaveProperty('DATABASE_URL_FILE');
  delete process.env.DATABASE_URL;
});

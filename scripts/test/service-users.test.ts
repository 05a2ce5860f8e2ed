import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePorts } from '@parley/common/testing';
import { ROOT } from '../lib/paths.mjs';
import { Steps } from '../lib/steps.mjs';
import { ProgramHome, canUse } from '../launcher/users/program-home.ts';
import { ServiceLog } from '../launcher/supervisor/service-log.ts';
import { serviceUser } from '../launcher/users/service-users.ts';
import { Workplace } from '../launcher/users/workplace.ts';
import { unexpectedlyRoot } from '../../tests/harness/machine/owners.ts';
import { processesWithVariable } from '../../tests/harness/machine/processes.ts';
import { RunningSystem } from './running-system.ts';

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? test : test.skip;
const SHARED = '/var/lib/parley';
const reader = serviceUser('ui');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-users-'));
  chmodSync(folder, 0o711);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a copy takes along, in a private folder as /root is one. */
function privateCheckout(fileMode = 0o644): string {
  const checkout = join(folder, 'private', 'checkout');
  const files = [
    'package.json',
    'services/media/src/main.ts',
    'proto/a',
    'ui/a',
    'nginx/run.sh',
    'deploy/a',
    'monitoring/a',
    'node_modules/.package-lock.json',
    'node_modules/next/package.json',
  ];
  for (const file of files) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    writeFileSync(join(checkout, file), file, { mode: fileMode });
  }
  chmodSync(join(folder, 'private'), 0o700);
  return checkout;
}

function homeOf(checkout: string): ProgramHome {
  mkdirSync(join(folder, 'shared'), { recursive: true });
  return ProgramHome.create({ checkout, uiBuild: '', reader, shared: join(folder, 'shared') });
}

describe('the programs of the services', () => {
  asRoot.each([
    ['may be read by everybody', 0o644],
    ['only root may read', 0o600],
  ])('run from a copy if the checkout is private and its files are such that they %s', (_what, mode) => {
    const checkout = privateCheckout(mode);
    const { root } = homeOf(checkout);
    expect(root).not.toBe(checkout);
    expect(canUse(reader, [join(checkout, 'package.json')])).toBe(false);
    expect(canUse(reader, [join(root, 'services/media/src/main.ts')])).toBe(true);
    // Nobody but root may change what everybody runs, and the checkout is as private as before.
    expect(statSync(join(root, 'services')).uid).toBe(0);
    expect(statSync(join(checkout, 'package.json')).mode & 0o777).toBe(mode);
  });

  asRoot(
    'run from the same copy again, and from a new one after a change, which replaces the old one',
    () => {
      const checkout = privateCheckout();
      const { root } = homeOf(checkout);
      expect(homeOf(checkout).root).toBe(root);
      writeFileSync(join(checkout, 'services/media/src/main.ts'), 'changed');
      utimesSync(root, new Date(0), new Date(0));
      const changed = homeOf(checkout).root;
      expect(readFileSync(join(changed, 'services/media/src/main.ts'), 'utf8')).toBe('changed');
      expect(existsSync(root)).toBe(false);
    },
  );

  asRoot(
    'are copied one by one from private folders, and stay where they are if everybody may run them',
    () => {
      const program = join(folder, 'private', 'program');
      mkdirSync(dirname(program), { mode: 0o700 });
      writeFileSync(program, '#!/bin/sh\necho it runs\n', { mode: 0o700 });
      const home = homeOf(privateCheckout());
      expect(home.program('/bin/sh')).toBe('/bin/sh');
      const copied = home.program(program);
      expect(home.program(program)).toBe(copied);
      const { uid, gid } = reader;
      expect(spawnSync(copied, { uid, gid, encoding: 'utf8', cwd: '/' }).stdout).toBe('it runs\n');
    },
  );
});

describe('the folders of the services', () => {
  const create = () =>
    Workplace.create({ dataDir: folder, instanceId: 'a1', isDev: false, steps: new Steps(process.stderr) });

  asRoot('belong each to one service, with what an older version has left there as root', () => {
    mkdirSync(join(folder, 'logs', 'media'), { recursive: true });
    writeFileSync(join(folder, 'logs', 'media', 'old.ndjson'), '');
    const workplace = create();
    const media = serviceUser('media');
    expect(statSync(join(folder, 'logs', 'media', 'old.ndjson')).uid).toBe(media.uid);
    const own = workplace.folder('redis', 'redis');
    expect(statSync(own)).toMatchObject({ uid: serviceUser('redis').uid });
    expect(statSync(own).mode & 0o7777).toBe(0o700);
    const logs = statSync(join(folder, 'logs', 'media'));
    expect(logs.mode & 0o7777).toBe(0o2750);
    // The log viewer reads the logs of all, no other service does.
    expect(serviceUser('logs').groups).toEqual([logs.gid]);
    expect(media.gid).not.toBe(logs.gid);
    const printed = new ServiceLog(workplace.logFolder, 'ui');
    printed.open();
    printed.close();
    expect(canUse({ ...serviceUser('logs'), gid: logs.gid }, [printed.path])).toBe(true);
    expect(canUse(media, [printed.path])).toBe(false);
  });

  test('belong to the person in development, and to everybody who is not root', () => {
    const workplace = Workplace.create({
      dataDir: folder,
      instanceId: 'a1',
      isDev: isRoot,
      steps: new Steps(process.stderr),
    });
    expect(workplace.identityOf('media')).toBeUndefined();
    expect(workplace.root).toBe(ROOT);
    expect(statSync(workplace.folder('redis', 'redis')).uid).toBe(process.getuid?.());
  });
});

describe('npm start of root', () => {
  asRoot(
    'in a checkout that only root can enter runs nothing but the launcher as root',
    async () => {
      const before = new Set(existsSync(SHARED) ? readdirSync(SHARED) : []);
      const checkout = join(folder, 'root', 'checkout');
      mkdirSync(checkout, { recursive: true });
      chmodSync(join(folder, 'root'), 0o700);
      const parts = readdirSync(ROOT)
        .filter((name) => !['.git', '.parley'].includes(name))
        .map((name) => join(ROOT, name));
      expect(spawnSync('cp', ['-al', ...parts, checkout]).status).toBe(0);
      const dataDir = join(checkout, '.parley');
      const system = new RunningSystem({
        port: await freePorts(3),
        rtcPortBase: await freePorts(10),
        dataDir,
        command: [process.execPath, join(checkout, 'scripts', 'start.mjs')],
      });
      try {
        await system.ready();
        const processes = processesWithVariable('PARLEY_DATA_DIR', dataDir);
        expect(processes.length).toBeGreaterThan(6);
        expect(unexpectedlyRoot(processes)).toEqual([]);
        const answer = await fetch(`${system.origin}/api/rooms`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: system.origin },
          body: '{}',
        });
        expect(answer.status).toBe(201);
        // People find the logs where they always are.
        expect(readdirSync(join(dataDir, 'logs'))).toEqual(expect.arrayContaining(['media', 'media.log']));
      } finally {
        await system.interrupt();
        for (const name of readdirSync(SHARED))
          if (!before.has(name)) rmSync(join(SHARED, name), { recursive: true, force: true });
      }
    },
    120_000,
  );
});

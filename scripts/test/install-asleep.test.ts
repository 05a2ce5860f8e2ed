import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { run } from '../lib/command.mjs';

const SCRIPT = join(import.meta.dirname, '../bootstrap/install-asleep.sh');
const APT_INSTALL = 'apt-get install -y';
const NAME = 'parley-test-daemon';
const POLICY = '/usr/sbin/policy-rc.d';

// Only root may install packages, and make the copy of the system in which these tests do that.
const asRoot = process.getuid?.() === 0 ? test : test.skip;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-asleep-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PACKAGE: Readonly<Record<string, string>> = {
  'DEBIAN/control': `Package: ${NAME}\nVersion: 1\nArchitecture: all\nMaintainer: Nobody <nobody@localhost>\nDescription: Starts itself\n`,
  'DEBIAN/postinst': `#!/bin/sh\ndeb-systemd-helper enable ${NAME}.service\nupdate-rc.d ${NAME} defaults\ninvoke-rc.d ${NAME} start\nexit 0\n`,
  [`etc/init.d/${NAME}`]: `#!/bin/sh
### BEGIN INIT INFO
# Provides: ${NAME}
# Required-Start:
# Required-Stop:
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
### END INIT INFO
touch /run/started\n`,
  [`lib/systemd/system/${NAME}.service`]:
    '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n',
};

async function buildPackage(): Promise<string> {
  for (const [name, content] of Object.entries(PACKAGE)) {
    const file = join(folder, 'package', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, content.startsWith('#!') ? 0o755 : 0o644);
  }
  await run('dpkg-deb', ['--root-owner-group', '-b', join(folder, 'package'), join(folder, 'daemon.deb')]);
  return join(folder, 'daemon.deb');
}

/** Runs the commands in a copy of the system that is removed afterwards. Returns the lines behind the mark. */
async function inCopyOfSystem(commands: readonly string[]): Promise<string[]> {
  const script = `
    set -e
    changes=${folder}/changes
    mkdir -p $changes
    mount -t tmpfs tmpfs $changes
    for part in etc usr var; do
      mkdir $changes/$part $changes/$part.work
      mount -t overlay overlay -o lowerdir=/$part,upperdir=$changes/$part,workdir=$changes/$part.work /$part
    done
    mount -t tmpfs tmpfs /run
    rm -f ${POLICY}
    export RUNLEVEL=3 PREVLEVEL=N
    set +e
    ${commands.join('\n')}
    echo MARK
    [ -e /run/started ] && echo started
    systemctl is-enabled ${NAME}
    ls /etc/rc3.d | grep -x S01${NAME}
    cat ${POLICY} 2> /dev/null
    exit 0`;
  const output = await run('unshare', ['--mount', 'sh', '-c', script], { what: 'The copy of the system' });
  return (output.split('MARK\n')[1] ?? '').trim().split('\n');
}

asRoot('an ordinary installation starts and enables what it brings', async () => {
  const file = await buildPackage();
  expect(await inCopyOfSystem([`${APT_INSTALL} ${file}`])).toEqual(['started', 'enabled', `S01${NAME}`]);
});

asRoot('ours leaves it asleep, now and at the next boot, and leaves no policy behind', async () => {
  const file = await buildPackage();
  expect(await inCopyOfSystem([`sh ${SCRIPT} ${file}`])).toEqual(['disabled']);
});

asRoot('a policy of the machine stays, and what failed leaves none either', async () => {
  const file = await buildPackage();
  const own = '# the machine has its own policy';
  const given = [`printf '#!/bin/sh\\n${own}\\nexit 101\\n' > ${POLICY}`, `chmod 755 ${POLICY}`];
  expect(await inCopyOfSystem([...given, `sh ${SCRIPT} ${file}`])).toEqual([
    'disabled',
    '#!/bin/sh',
    own,
    'exit 101',
  ]);
  expect(await inCopyOfSystem([`sh ${SCRIPT} /nowhere.deb`])).not.toContain('exit 101');
});

asRoot('what was there before stays as it was', async () => {
  const file = await buildPackage();
  const before = [`${APT_INSTALL} ${file}`, 'rm /run/started'];
  expect(await inCopyOfSystem([...before, `sh ${SCRIPT} ${file}`])).toEqual(['enabled', `S01${NAME}`]);
});

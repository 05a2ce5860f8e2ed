import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { atLeast, mustBe } from '../../attack/frame/attack.ts';
import { CALL, type CallFault, type FaultyCall } from '../frame/faulty-call.ts';
import { MEDIA_NODES, SIGNALING } from '../frame/faulty-stack.ts';
import { secondsUntil } from '../frame/waiting.ts';

const FULL_MS = 120_000;
const SERVICES = [...MEDIA_NODES, ...SIGNALING];

async function failing({ system }: FaultyCall): Promise<number> {
  const counts = await Promise.all(SERVICES.map((name) => system.metric(name, 'parley_log_files_failing')));
  return counts.filter((count) => count > 0).length;
}

/** Whether Prometheus fires the alert. */
async function isAlerted({ system }: FaultyCall): Promise<boolean> {
  const answer = await fetch(`${system.stack.url('prometheus')}/api/v1/alerts`);
  const { data } = (await answer.json()) as {
    data: { alerts: { labels: { alertname: string }; state: string }[] };
  };
  return data.alerts.some(({ labels, state }) => labels.alertname === 'LogsLost' && state === 'firing');
}

/** A service opens a new file when its own was removed. */
function removeFiles(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) rmSync(path);
  }
}

export const F24: CallFault = {
  name: 'F24',
  description: 'the disk of the logs takes nothing for 2 minutes (needs root, to mount one that is full)',
  ground: CALL,
  run: async (call) => {
    const { system, people, others } = call;
    if (process.getuid?.() !== 0) throw new Error('F24 mounts a file system, and only root may');
    const folder = system.stack.variable('media-1', 'LOG_DIR');
    const before = SERVICES.map((name) => system.pid(name));
    await people.watch();
    others.watch();
    removeFiles(folder);
    // One block, which the root of the file system takes.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k,nr_inodes=1', 'tmpfs', folder]);
    let most = 0;
    let alerted = false;
    try {
      const until = performance.now() + FULL_MS;
      await secondsUntil(async () => {
        most = Math.max(most, await failing(call));
        alerted ||= await isAlerted(call);
        return performance.now() > until;
      }, 2 * FULL_MS);
    } finally {
      execFileSync('umount', [folder]);
    }
    await secondsUntil(async () => (await failing(call)) === 0, 30_000);
    return [
      atLeast('services that say that their log fails', most, 1),
      mustBe('the alert LogsLost fires', alerted, true),
      mustBe('services that still do when there is place again', await failing(call), 0),
      mustBe(
        'services that ended',
        SERVICES.filter((name, index) => system.pid(name) !== before[index]).length,
        0,
      ),
      await people.longestGap(500, 'ms'),
      others.noGap(),
    ];
  },
};

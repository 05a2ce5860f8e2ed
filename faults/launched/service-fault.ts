import { waitFor } from '@parley/common/testing';
import { atMost, type Finding } from '../../attack/frame/attack.ts';
import { LAUNCHED, type LaunchedCall, type LaunchedFault } from './launched-call.ts';

const SERVICES = ['media', 'signaling', 'gateway', 'ui', 'logs', 'postgres'] as const;
const BACK_WITHIN_MS = 30_000;

function pidOf({ launcher }: LaunchedCall, name: (typeof SERVICES)[number]): number {
  if (name !== 'postgres') return launcher.pid(name);
  const found = launcher.processes().find(({ command }) => /\/postgres .*-D/.test(command));
  if (!found) throw new Error('PostgreSQL does not run');
  return found.pid;
}

async function kill(call: LaunchedCall, name: (typeof SERVICES)[number]): Promise<Finding[]> {
  const { launcher, people } = call;
  const restarts = (): number =>
    [...launcher.output.matchAll(new RegExp(`^ +${name} +ready again`, 'gm'))].length;
  const before = restarts();
  await people.watch();
  process.kill(pidOf(call, name), 'SIGKILL');
  await people.broken();
  await people.backAfter(BACK_WITHIN_MS);
  await waitFor(() => restarts() > before, { what: `${name} to be ready again` });
  const findings = [
    atMost('longest gap of any picture', (await people.longestGapMs()) / 1_000, 3, 's'),
    await people.nobodyLeft(),
    ...(await people.afterwards()),
  ];
  return findings.map((finding) => ({ ...finding, what: `${name}: ${finding.what}` }));
}

export const F25: LaunchedFault = {
  name: 'F25',
  description: 'each service of `npm start` is killed, one after the other',
  ground: LAUNCHED,
  run: async (call) => {
    const findings: Finding[] = [];
    for (const name of SERVICES) findings.push(...(await kill(call, name)));
    return findings;
  },
};

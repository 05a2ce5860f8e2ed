// Started by main.ts with a scale and the names of attacks that have the same servers.
import process from 'node:process';
import { releaseEndpoints } from '../tests/harness/peer/rtp-endpoint.ts';
import { ATTACKS } from './attacks.ts';
import type { Finding, Scale } from './frame/attack.ts';
import { byServers, runGroup } from './frame/run-attacks.ts';

function print({ what, got, bar, held }: Finding): void {
  process.stdout.write(`${held ? 'ok    ' : 'BROKEN'}  ${what}: ${got} (${bar})\n`);
}

async function main([scale, ...names]: readonly string[]): Promise<boolean> {
  const [group] = byServers(ATTACKS.filter(({ name }) => names.includes(name)));
  if (group === undefined) throw new Error('say which attacks');
  const [servers, attacks] = group;
  return runGroup(servers, attacks, scale as Scale, {
    begun: ({ name, description }) => process.stdout.write(`\n${name}: ${description}\n`),
    ended: (_attack, findings) => findings.forEach(print),
  });
}

const gone = (): never => process.exit(1);
process.once('disconnect', gone);
const held = await main(process.argv.slice(2)).finally(releaseEndpoints);
process.exitCode = held ? 0 : 1;
// The way to main.ts would keep this process running.
process.off('disconnect', gone);
process.disconnect?.();

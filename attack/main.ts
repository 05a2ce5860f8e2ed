// Started by scripts/trial.mjs under a current Node.
import process from 'node:process';
import { releaseEndpoints } from '../tests/harness/peer/rtp-endpoint.ts';
import { ATTACKS } from './attacks.ts';
import type { AnyAttack, Finding } from './frame/attack.ts';
import { runAttacks } from './frame/run-attacks.ts';

const NAMES = ATTACKS.map(({ name, description }) => `  ${name.padEnd(16)}${description}`).join('\n');
const SMALL = '--small';
const USAGE = `npm run attack [-- [${SMALL}] NAME…]

Attacks servers of its own on this machine and prints what got through beside its bar.
With ${SMALL} it sends as little as \`npm test\` does, and measures no times.
Without a name it runs every attack:

${NAMES}
`;

function print({ what, got, bar, held }: Finding): void {
  process.stdout.write(`${held ? 'ok    ' : 'BROKEN'}  ${what}: ${got} (${bar})\n`);
}

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => arg !== SMALL);
  const wanted = names.length === 0 ? ATTACKS : ATTACKS.filter(({ name }) => names.includes(name));
  if (wanted.length < new Set(names).size) {
    process.stderr.write(USAGE);
    return 2;
  }
  const scale = args.includes(SMALL) ? 'small' : 'full';
  const held = await runAttacks(wanted, scale, {
    begun: ({ name, description }: AnyAttack) => process.stdout.write(`\n${name}: ${description}\n`),
    ended: (_attack, findings) => findings.forEach(print),
  }).finally(releaseEndpoints);
  process.stdout.write(held ? '\nEvery bar held.\n' : '\nA bar is broken.\n');
  return held ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));

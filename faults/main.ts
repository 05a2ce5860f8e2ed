// Started by scripts/trial.mjs under a current Node.
import process from 'node:process';
import type { Finding } from '../attack/frame/attack.ts';
import { releaseEndpoints } from '../tests/harness/peer/rtp-endpoint.ts';
import { FAULTS } from './faults.ts';
import { runFaults } from './frame/run-faults.ts';

const NAMES = FAULTS.map(({ name, description }) => `  ${name.padEnd(6)}${description}`).join('\n');
const USAGE = `npm run faults [-- NAME…]

Starts a whole system with a call of browsers or of clients without a browser, breaks parts of it, and prints what people noticed beside its bar.
The figures say something only on a machine that does nothing else. Without a name each fault happens once:

${NAMES}
`;

function print({ what, got, bar, held }: Finding): void {
  process.stdout.write(`${held ? 'ok    ' : 'BROKEN'}  ${what}: ${got} (${bar})\n`);
}

/** What was started must not outlive an interruption. */
function stopWhenInterrupted(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  }
}

async function main(names: readonly string[]): Promise<number> {
  const wanted = names.length === 0 ? FAULTS : FAULTS.filter(({ name }) => names.includes(name));
  if (wanted.length < new Set(names).size) {
    process.stderr.write(USAGE);
    return 2;
  }
  const held = await runFaults(wanted, {
    begun: ({ name, description }) => process.stdout.write(`\n${name}: ${description}\n`),
    ended: (_fault, findings) => findings.forEach(print),
    started: stopWhenInterrupted,
  }).finally(releaseEndpoints);
  process.stdout.write(held ? '\nEvery bar held.\n' : '\nA bar is broken.\n');
  return held ? 0 : 1;
}

// A client that nobody has closed would try to come back for ever.
process.exit(await main(process.argv.slice(2)));

// Started by scripts/trial.mjs under a current Node.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { ATTACKS } from './attacks.ts';
import type { Scale } from './frame/attack.ts';
import { byServers } from './frame/run-attacks.ts';

const NAMES = ATTACKS.map(({ name, description }) => `  ${name.padEnd(16)}${description}`).join('\n');
const SMALL = '--small';
const USAGE = `npm run attack [-- [${SMALL}] NAME…]

Attacks servers of its own on this machine and prints what got through beside its bar.
The attackers have the processors when servers and honest people do not need them.
With ${SMALL} it sends as little as \`npm test\` does, and measures no times.
Without a name it runs every attack:

${NAMES}
`;

/** Runs attacks of the same servers in a process, and a session, of their own. See `giveWay`. Resolves with whether every bar held. */
async function runApart(scale: Scale, names: readonly string[]): Promise<boolean> {
  const group = fork(new URL('group.ts', import.meta.url), [scale, ...names], { detached: true });
  const [code] = (await once(group, 'exit')) as [number | null];
  return code === 0;
}

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => arg !== SMALL);
  const wanted = names.length === 0 ? ATTACKS : ATTACKS.filter(({ name }) => names.includes(name));
  if (wanted.length < new Set(names).size) {
    process.stderr.write(USAGE);
    return 2;
  }
  const scale = args.includes(SMALL) ? 'small' : 'full';
  let held = true;
  for (const attacks of byServers(wanted).values())
    held =
      (await runApart(
        scale,
        attacks.map(({ name }) => name),
      )) && held;
  process.stdout.write(held ? '\nEvery bar held.\n' : '\nA bar is broken.\n');
  return held ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));

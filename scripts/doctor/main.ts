// Started by scripts/doctor.mjs under a current Node.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { certificate } from './checks/certificate.ts';
import { disk } from './checks/disk.ts';
import { clock, edge, websocket } from './checks/edge.ts';
import { inside } from './checks/inside.ts';
import { media } from './checks/media.ts';
import { regions } from './checks/regions.ts';
import { secrets } from './checks/secrets.ts';
import { postgres, redis } from './checks/stores.ts';
import { turn } from './checks/turn.ts';
import { visitors } from './checks/visitors.ts';
import { worker } from './checks/worker.ts';
import type { Deployment } from './deployment.ts';
import { findDeployment } from './find-deployment.ts';
import type { Check, Finding, Verdict } from './finding.ts';

const CHECKS: readonly Check[] = [
  secrets,
  inside,
  disk,
  worker,
  postgres,
  redis,
  edge,
  certificate,
  clock,
  visitors,
  websocket,
  media,
  regions,
  turn,
];
const USAGE = `npm run doctor [-- --url https://call.example.org] [--env FILE] [--json]

  --url   the address that browsers use; without it, what runs from this checkout
  --env   a file of variables that the services share
  --json  findings as JSON on standard output
`;
const TITLE_WIDTH = 14;
const MARKS = { well: 'ok  ', skipped: '-   ', wrong: 'FAIL' } as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function print(title: string, verdict: Verdict): void {
  const begin = `  ${MARKS[verdict.state]} ${title.padEnd(TITLE_WIDTH)}`;
  if (verdict.state !== 'wrong') return say(`${begin} ${verdict.words}`);
  for (const { what, fix } of verdict.findings) {
    say(`${begin} ${what}`);
    say(`       ${''.padEnd(TITLE_WIDTH)} → ${fix}`);
  }
}

/** Runs the checks one after the other, so that their lines stand in the order in which a person would look. */
async function examine(deployment: Deployment, onVerdict: typeof print): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    const verdict = await check.run(deployment);
    onVerdict(check.title, verdict);
    if (verdict.state === 'wrong') findings.push(...verdict.findings);
  }
  return findings;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      env: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const deployment = findDeployment({ url: values.url, envFile: values.env });
  if (!values.json)
    say(`Looking at ${deployment.origin ?? 'the settings'} (known from ${deployment.source})`);
  const findings = await examine(deployment, values.json ? () => {} : print);
  if (values.json) say(JSON.stringify({ findings }, null, 2));
  else
    say(
      findings.length === 0
        ? '\nNothing is wrong.'
        : `\n${findings.length} found. docs/operations/troubleshooting.md says more.`,
    );
  return findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

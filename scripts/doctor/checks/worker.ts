import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { valuesOf } from '../deployment.ts';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';

const TIMEOUT_MS = 5_000;
/** A worker that is started without a parent prints this. It can run on this machine. */
const ALONE = /MEDIASOUP_VERSION|real father/;

/** Checks that the mediasoup worker runs on this machine. */
export const worker: Check = {
  title: 'Media worker',
  async run(deployment) {
    const paths = [...valuesOf(deployment, 'MEDIASOUP_WORKER_BIN').keys()];
    if (!deployment.isInside || paths.length === 0)
      return skipped('where the worker is kept is not known here');
    const findings = await Promise.all(paths.map(tryToRun));
    return verdict(findings.flat(), 'runs on this machine');
  },
};

async function tryToRun(path: string): Promise<Finding[]> {
  const reason = await failureOf(path);
  if (reason === undefined) return [];
  return [
    {
      code: 'worker',
      what: `The mediasoup worker ${path} does not run (${reason}).`,
      fix: 'Delete it and run `npm start`, which gets it anew; or set MEDIASOUP_WORKER_BIN to one that was built for this machine.',
    },
  ];
}

async function failureOf(path: string): Promise<string | undefined> {
  const env = { ...process.env };
  delete env.MEDIASOUP_VERSION;
  const child = spawn(path, [], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (ALONE.test(said)) return undefined;
    return said.trim().split('\n')[0] || `it ended with ${signal ?? `exit code ${code}`}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'it is not there';
    return code === 'EACCES' ? 'it may not be executed' : String(code ?? error);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { MODERN_NODE, ROOT } from '../../../scripts/lib/paths.mjs';

const DOCTOR = join(ROOT, 'scripts', 'doctor', 'main.ts');

export type Diagnosis = {
  exitCode: number | null;
  codes: string[];
  findings: { code: string; what: string; fix: string }[];
};

type DoctorOptions = {
  args?: readonly string[];
  /** The data directory of the system to examine, if no argument names the system. */
  dataDir?: string;
  /** A program and arguments that run the doctor elsewhere, such as `ip netns exec …`. */
  within?: readonly string[];
};

/** Runs the doctor on a system. Throws if it prints no findings. */
export async function runDoctor({
  args = [],
  dataDir = '/nonexistent',
  within = [],
}: DoctorOptions): Promise<Diagnosis> {
  const [program, ...rest] = [...within, MODERN_NODE, '--disable-warning=ExperimentalWarning', DOCTOR];
  const env = { ...process.env, PARLEY_DATA_DIR: dataDir, NODE_OPTIONS: '' };
  const child = spawn(program ?? MODERN_NODE, [...rest, '--json', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let trouble = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (output === '') throw new Error(`The doctor said nothing but: ${trouble}`);
  const { findings } = JSON.parse(output) as Pick<Diagnosis, 'findings'>;
  return { exitCode, findings, codes: findings.map(({ code }) => code) };
}

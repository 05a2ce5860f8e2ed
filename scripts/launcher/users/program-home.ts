import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
import { LaunchError } from '../base/launch-error.ts';
import type { ProcessIdentity } from '../supervisor/service-spec.ts';

/** What the services run from. The rest of a checkout is for people. */
const PARTS = ['services', 'proto', 'ui', 'nginx', 'deploy', 'monitoring', 'package.json', 'node_modules'];
const WITHOUT_SOURCES = new Set(['node_modules', '.next', 'coverage']);
/** The longest time between the choice of a copy and the start of the services from it. */
const LAUNCH_GRACE_MS = 60_000;

export interface ProgramHomeOptions {
  readonly checkout: string;
  /** The folder of the UI's build below `ui/`; empty if there is none. */
  readonly uiBuild: string;
  /** Somebody who has no more rights than any user of a service. */
  readonly reader: ProcessIdentity;
  /** A folder that everybody can enter; copies go there. */
  readonly shared: string;
}

/** The programs and sources that the users of the services run: those of the checkout, or copies if the checkout is private, as in /root. */
export class ProgramHome {
  /** The checkout, or its copy. */
  readonly root: string;
  readonly #options: ProgramHomeOptions;

  static create(options: ProgramHomeOptions): ProgramHome {
    const { checkout, reader } = options;
    const isOpen = canUse(reader, sampleFiles(checkout));
    return new ProgramHome(options, isOpen ? checkout : copyCheckout(options));
  }

  private constructor(options: ProgramHomeOptions, root: string) {
    this.#options = options;
    this.root = root;
  }

  /** The path under which the users can run a program. A program in a private folder is copied. */
  program(path: string): string {
    const { checkout, reader, shared } = this.#options;
    const inside = relative(checkout, path);
    const found = inside.startsWith('..') ? path : join(this.root, inside);
    if (canUse(reader, [found])) return found;
    const { size, mtimeMs } = statSync(path);
    const target = join(shared, 'programs', `${hashOf(`${path} ${size} ${mtimeMs}`)}-${basename(path)}`);
    if (existsSync(target)) return target;
    const part = `${target}.${process.pid}.part`;
    mkdirSync(join(shared, 'programs'), { recursive: true, mode: 0o755 });
    try {
      copyFileSync(path, part);
      chmodSync(part, 0o755);
      renameSync(part, target);
    } finally {
      rmSync(part, { force: true });
    }
    return target;
  }
}

/** Whether the user can read these files and enter these folders, which is to say also all folders above them. */
export function canUse(reader: ProcessIdentity, paths: readonly string[]): boolean {
  const { uid, gid } = reader;
  const script =
    'for path; do if [ -d "$path" ]; then [ -x "$path" ]; else [ -r "$path" ]; fi || exit 1; done';
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { uid, gid, cwd: '/' });
  return status === 0;
}

/** One file of each kind: of git, of npm, and of npm in folders. */
function sampleFiles(root: string): string[] {
  return ['package.json', 'services/media/src/main.ts', 'nginx/run.sh', 'node_modules/next/package.json'].map(
    (path) => join(root, path),
  );
}

/**
 * Copies what the services run from, once for each state of the checkout. Hard links take no space, so a copy takes a second or two.
 * Removes earlier copies that nothing runs from.
 */
function copyCheckout(options: ProgramHomeOptions): string {
  const { checkout, shared } = options;
  const prefix = `checkout-${hashOf(checkout)}-`;
  const target = join(shared, `${prefix}${stateOf(options)}`);
  if (!existsSync(target)) makeCopy(options, target);
  const now = new Date();
  utimesSync(target, now, now);
  for (const name of readdirSync(shared)) {
    const other = join(shared, name);
    if (name.startsWith(prefix) && other !== target && !isInUse(other))
      rmSync(other, { recursive: true, force: true });
  }
  return target;
}

/** Makes the copy aside and moves it, so that an interruption leaves no half of one. */
function makeCopy(options: ProgramHomeOptions, target: string): void {
  const part = `${target}.${process.pid}.part`;
  try {
    const isLinked = copyParts(options, part, '--link') && canUse(options.reader, sampleFiles(part));
    // Another file system, or files that only their owner may read.
    if (!isLinked && !copyParts(options, part, '--reflink=auto', 'a+rX'))
      throw new LaunchError(
        `The programs could not be copied to ${target}, from where their users run them. Is the disk full?`,
      );
    renameSync(part, target);
  } catch (error) {
    // Another start has made it meanwhile.
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

function copyParts({ checkout }: ProgramHomeOptions, target: string, how: string, mode?: string): boolean {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  chmodSync(target, 0o755);
  const parts = PARTS.map((part) => join(checkout, part));
  const copied = spawnSync('cp', ['-a', how, ...parts, `${target}/`], { stdio: 'ignore' });
  if (copied.status !== 0) return false;
  return mode === undefined || spawnSync('chmod', ['-R', mode, target], { stdio: 'ignore' }).status === 0;
}

/** Changes with every file that a copy has. */
function stateOf({ checkout, uiBuild }: ProgramHomeOptions): string {
  const hash = createHash('sha256').update(uiBuild);
  hash.update(readFileSync(join(checkout, 'node_modules', '.package-lock.json')));
  for (const part of PARTS) {
    if (part === 'node_modules') continue;
    for (const path of filesUnder(join(checkout, part))) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path} ${size} ${mtimeMs}\0`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (WITHOUT_SOURCES.has(entry.name)) return [];
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inner) : entry.isFile() ? [inner] : [];
  });
}

/** Whether a process works in the folder, as every service of a copy does, or is about to. */
function isInUse(folder: string): boolean {
  if (Date.now() - statSync(folder).mtimeMs < LAUNCH_GRACE_MS) return true;
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { differingVersions } from './package-versions.ts';

const LOCK_FILE = 'package-lock.json';

/**
 * A commit in a temporary git worktree, with the packages of this checkout. Nothing is installed: where the commit
 * names other versions of packages, it runs with those that are installed here.
 */
export class OldCheckout {
  readonly folder: string;
  /** Packages that the commit names in other versions, one line each. */
  readonly differingPackages: readonly string[];

  static create(commit: string): OldCheckout {
    const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    try {
      git('worktree', 'add', '--quiet', '--force', '--detach', folder, commit);
      const differing = differingVersions(readLock(folder), readLock(ROOT));
      linkPackages(folder);
      // The set-up of the commit compares this file with what is installed, and installs what differs.
      copyFileSync(join(ROOT, LOCK_FILE), join(folder, LOCK_FILE));
      return new OldCheckout(folder, differing);
    } catch (error) {
      discard(folder);
      throw error;
    }
  }

  private constructor(folder: string, differingPackages: readonly string[]) {
    this.folder = folder;
    this.differingPackages = differingPackages;
  }

  remove(): void {
    discard(this.folder);
  }
}

/** Hard links, so that the links of workspaces (`@parley/…`) lead into the folder and not into this checkout. */
function linkPackages(folder: string): void {
  const from = join(ROOT, 'node_modules');
  const to = join(folder, 'node_modules');
  try {
    execFileSync('cp', ['--archive', '--link', from, to], { stdio: 'ignore' });
  } catch {
    // Hard links do not reach into another file system.
    rmSync(to, { recursive: true, force: true });
    execFileSync('cp', ['--archive', from, to]);
  }
}

function discard(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  git('worktree', 'prune');
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

function readLock(folder: string): Parameters<typeof differingVersions>[0] {
  return JSON.parse(readFileSync(join(folder, LOCK_FILE), 'utf8')) as Parameters<typeof differingVersions>[0];
}

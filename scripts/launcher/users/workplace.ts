import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../lib/paths.mjs';
import {
  CERTIFIED_NAMES,
  ensureServiceCertificates,
  SERVER_NAMES,
  trustedAuthority,
} from '../../lib/service-certificates.mjs';
import type { KeyOwner, ServiceCertificate } from '../../lib/service-certificates.mjs';
import type { Steps } from '../../lib/steps.mjs';
import type { ProcessIdentity } from '../supervisor/service-spec.ts';
import { canUse, ProgramHome } from './program-home.ts';
import { isServiceUser, LOG_FOLDERS, LOG_READERS, logFolderOwner, serviceUser } from './service-users.ts';
import type { ServiceUser } from './service-users.ts';

const SHARED_STATE = '/var/lib/parley';
const CERTIFICATES = 'tls';

export interface WorkplaceOptions {
  readonly dataDir: string;
  readonly instanceId: string;
  /** In development everything runs as the person who develops, who edits what runs. */
  readonly isDev: boolean;
  readonly steps: Steps;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/**
 * As whom, from where, and in which folders the services of one system run. As root each service is a user of its own, who can
 * read neither the memory nor the files of another one. Otherwise everything runs as the user who starts it, from the checkout.
 */
export class Workplace {
  /** The folder of what the services write: the data directory, unless their users cannot enter that. */
  readonly state: string;
  readonly #home: ProgramHome | undefined;

  /** The folder of what the services of an installation write, whether it runs or not. */
  static stateOf(dataDir: string, instanceId: string): string {
    const isOpen = process.getuid?.() !== 0 || canUse(serviceUser('ui'), [dataDir]);
    return isOpen ? dataDir : join(SHARED_STATE, `${instanceId}-services`);
  }

  static create({ dataDir, instanceId, isDev, steps }: WorkplaceOptions): Workplace {
    if (process.getuid?.() !== 0 || isDev) return new Workplace(dataDir, undefined);
    const reader = serviceUser('ui');
    mkdirSync(SHARED_STATE, { recursive: true, mode: 0o755 });
    const uiBuild = process.env.UI_BUILD_DIR ?? '';
    const home = ProgramHome.create({ checkout: ROOT, uiBuild, reader, shared: SHARED_STATE });
    if (home.root !== ROOT)
      steps.say(`The services run from ${home.root}: their users cannot enter ${ROOT}, which is private.`);
    const workplace = new Workplace(Workplace.stateOf(dataDir, instanceId), home);
    workplace.#prepareFolders(dataDir);
    return workplace;
  }

  private constructor(state: string, home: ProgramHome | undefined) {
    this.state = state;
    this.#home = home;
  }

  /** The checkout, or the copy of it from which the services run. */
  get root(): string {
    return this.#home?.root ?? ROOT;
  }

  /** Where a new version of the sources can be run from: the checkout, or a copy of it as it is now. */
  rootOf(uiBuild: string): string {
    if (!this.#home) return ROOT;
    return ProgramHome.create({ checkout: ROOT, uiBuild, reader: serviceUser('ui'), shared: SHARED_STATE })
      .root;
  }

  get logFolder(): string {
    return join(this.state, 'logs');
  }

  /** `undefined` if the service runs as the user who starts it. */
  identityOf(name: ServiceUser): ProcessIdentity | undefined {
    return this.#home && serviceUser(name);
  }

  /** The path under which the services can run a program. */
  program(path: string): string {
    return this.#home?.program(path) ?? path;
  }

  /** Makes a folder that only the service can read and write. */
  folder(name: ServiceUser, ...path: readonly string[]): string {
    return this.#folderOf(name, join(this.state, ...path));
  }

  #folderOf(name: ServiceUser, folder: string): string {
    // The user of the service passes through the folders above its own.
    mkdirSync(dirname(folder), { recursive: true, mode: 0o711 });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const identity = this.identityOf(name);
    if (identity) give(folder, { ...identity, mode: 0o700 });
    return folder;
  }

  /**
   * Gives a file to a service. Only before the service runs, or for a file in a folder that no service can write: elsewhere a
   * service could have put a link in its place.
   */
  giveFile(path: string, name: ServiceUser): void {
    const identity = this.identityOf(name);
    if (identity) chownSync(path, identity.uid, identity.gid);
  }

  /** The certificates by which services know each other, made once. Each service can read its own key only. */
  certificates(): ReadonlyMap<string, ServiceCertificate> {
    return this.#certificatesOf(CERTIFIED_NAMES);
  }

  /** The certificates by which the services know the servers. PostgreSQL runs as none of the users of `identityOf`. */
  serverCertificates(postgres: ProcessIdentity | undefined): ReadonlyMap<string, ServiceCertificate> {
    return this.#certificatesOf(SERVER_NAMES, { postgres: postgres ?? {} });
  }

  /** The file of the authority by which a program knows the services and the servers. */
  get authorityPath(): string {
    return trustedAuthority(join(this.state, CERTIFICATES));
  }

  #certificatesOf(
    names: readonly string[],
    owners: Readonly<Record<string, KeyOwner>> = {},
  ): ReadonlyMap<string, ServiceCertificate> {
    const ownerOf = (name: string): KeyOwner =>
      owners[name] ?? (isServiceUser(name) ? (this.identityOf(name) ?? {}) : {});
    return ensureServiceCertificates(join(this.state, CERTIFICATES), names, { ownerOf });
  }

  /**
   * Variables that a Node program of another user needs in place of those of root. All installations share the cache: a process that finds
   * its sources there starts faster, and without the compiler that removes types, which takes 10 MB of it for good.
   */
  envOf(name: ServiceUser): Record<string, string> {
    if (!this.#home) return {};
    const cache = this.#folderOf(name, join(SHARED_STATE, 'compile-cache', name));
    return { HOME: '/nonexistent', NODE_COMPILE_CACHE: cache };
  }

  #prepareFolders(dataDir: string): void {
    mkdirSync(this.logFolder, { recursive: true, mode: 0o755 });
    if (this.state !== dataDir) chmodSync(this.state, 0o711);
    // What the services print goes into files of root there, which the log viewer reads as well.
    chownSync(this.logFolder, 0, LOG_READERS);
    chmodSync(this.logFolder, 0o2755);
    for (const [folder, name] of LOG_FOLDERS) {
      const path = join(this.logFolder, folder);
      mkdirSync(path, { recursive: true });
      give(path, logFolderOwner(name));
    }
    mkdirSync(join(this.state, CERTIFICATES), { recursive: true, mode: 0o711 });
    if (this.state === dataDir) return;
    // People look for both in the data directory.
    for (const name of ['logs', CERTIFICATES]) {
      const usual = join(dataDir, name);
      if (!existsSync(usual)) symlinkSync(join(this.state, name), usual);
    }
  }
}

/** Files in it from before, which an older version has written as root, get the new owner too. */
function give(folder: string, { uid, gid, mode }: Owner): void {
  const { uid: before } = lstatSync(folder);
  if (before !== uid) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      lchownSync(join(folder, name), uid, gid);
    chownSync(folder, uid, gid);
  }
  chmodSync(folder, mode);
}

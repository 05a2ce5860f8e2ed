import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { attempt, run, type CommandResult } from '../../scripts/lib/command.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import type { Engine } from './engine.ts';
import { HOST_ADDRESS } from './namespaces.ts';

const NAME = 'parleytest';

type Service = { image?: string; build?: { target: string }; profiles?: string[] };
type ComposeFile = { services: Record<string, Service> };

export type ContainerState = {
  Id: string;
  Name: string;
  State: { Status: string; Health?: { Status: string } };
  Config: { User: string; Labels: Record<string, string> };
  HostConfig: {
    ReadonlyRootfs: boolean;
    Privileged: boolean;
    CapAdd: string[] | null;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    Memory: number;
    PidsLimit: number | null;
  };
  NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
};

/** A copy of the files of this checkout, run by docker-compose. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-compose-'));
  readonly file: ComposeFile;
  #engine: Engine;

  /** @param workerPath A mediasoup worker for the image, so that the build does not make one. */
  static async create(engine: Engine, workerPath: string): Promise<Project> {
    const project = new Project(engine);
    const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
    });
    for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
      mkdirSync(dirname(join(project.folder, file)), { recursive: true });
      copyFileSync(join(ROOT, file), join(project.folder, file));
    }
    for (const file of ['docker-compose.yml', 'Dockerfile'] as const)
      writeFileSync(join(project.folder, file), withoutDigests(file));
    copyFileSync(workerPath, join(project.folder, 'deploy', 'worker', 'mediasoup-worker'));
    project.#writeOverride();
    await project.#configure();
    return project;
  }

  private constructor(engine: Engine) {
    this.#engine = engine;
    this.file = parse(withoutDigests('docker-compose.yml'), { merge: true }) as ComposeFile;
  }

  set engine(engine: Engine) {
    this.#engine = engine;
  }

  /** The images that this repository does not build. */
  get upstreamImages(): string[] {
    const started = Object.values(this.file.services).filter(({ profiles }) => profiles === undefined);
    const images = started.map(({ image }) => image ?? '');
    return images.filter((image) => image.includes(':'));
  }

  /** Runs docker-compose. Throws with its output if it fails. */
  async compose(...args: string[]): Promise<string> {
    const { status, output } = await this.tryCompose(...args);
    if (status === 0) return output;
    throw new Error(`docker-compose ${args.join(' ')} failed (${status}):\n${output.slice(-4_000)}`);
  }

  async tryCompose(...args: string[]): Promise<CommandResult> {
    return await attempt('docker-compose', args, { cwd: this.folder, env: this.#env });
  }

  /** Runs a line that an operator would type. */
  async type(line: string): Promise<string> {
    return await run('sh', ['-c', line], { cwd: this.folder, env: this.#env });
  }

  async containers(): Promise<ContainerState[]> {
    const ids = await this.#engine.list('ps', '--all', '--quiet');
    return ids.length === 0
      ? []
      : (JSON.parse(await this.#engine.docker('inspect', ...ids)) as ContainerState[]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      ...this.#engine.env,
      COMPOSE_FILE: 'docker-compose.yml:test.yml',
      COMPOSE_PROJECT_NAME: NAME,
    };
  }

  /** Configures as an operator does, with an address for browsers that the script could not find by itself. */
  async #configure(): Promise<void> {
    writeFileSync(join(this.folder, '.env'), `ANNOUNCED_ADDRESSES=${HOST_ADDRESS}\n`);
    await run(process.execPath, [join(this.folder, 'scripts', 'compose', 'env.mjs')]);
  }

  /** The engine has no network while it builds. So builds use the network of the machine to reach the package registry. */
  #writeOverride(): void {
    const built = Object.entries(this.file.services).filter(([, { build }]) => build);
    const services = Object.fromEntries(built.map(([name]) => [name, { build: { network: 'host' } }]));
    writeFileSync(join(this.folder, 'test.yml'), JSON.stringify({ services }));
  }
}

/** A file of this checkout that names images, without their digests: no stand-in can have the digest of the real image. */
export function withoutDigests(file: 'docker-compose.yml' | 'Dockerfile'): string {
  return readFileSync(join(ROOT, file), 'utf8').replaceAll(/@sha256:[0-9a-f]{64}/g, '');
}

/** The compose service that a container belongs to. */
export function serviceOf(container: ContainerState): string {
  return container.Config.Labels['com.docker.compose.service'] ?? '';
}

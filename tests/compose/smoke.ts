import { execFile } from 'node:child_process';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '@parley/common/testing';
import type { Engine } from './engine.ts';
import { HOST_ADDRESS, Namespaces } from './namespaces.ts';
import { serviceOf, type ContainerState, type Project } from './project.ts';
import { hasStandIn } from './stand-ins.ts';

const execute = promisify(execFile);
const HERE = import.meta.dirname;

const HEALTHY_TIMEOUT_MS = 180_000;
const SPREAD_TIMEOUT_MS = 60_000;
const MEDIA_PORT_FIRST = 40_000;
const MEDIA_PORTS = Array.from({ length: 16 }, (_, index) => MEDIA_PORT_FIRST + index);
const PUBLISHED_TCP = [80, 443, 3478, ...MEDIA_PORTS];
/** Ports on which parts of the system listen inside (Consul and Prometheus among them), and some beside the published ones. */
const UNPUBLISHED_UDP = [
  53, 123, 161, 1900, 3479, 5353, 8300, 8301, 8302, 8600, 39_999, 40_016, 40_100, 49_152,
];

const RUN = 'docker-compose run --rm -T --no-deps';
/** The commands that take everything out of the database, and those that bring it into an empty one. */
export const WAYS_BACK = {
  backup: {
    save: ['docker-compose exec -T postgres pg_dump -U parley -Fc parley > parley.dump'],
    restore: [
      'docker-compose stop signaling',
      'docker-compose exec -T postgres pg_restore -U parley -d parley --clean --if-exists < parley.dump',
      'docker-compose start signaling',
    ],
  },
  export: {
    save: [
      `${RUN} signaling node services/signaling/src/data.ts export - > parley.data`,
      `${RUN} gateway node services/gateway/src/data.ts export - >> parley.data`,
    ],
    restore: [
      'docker-compose stop gateway signaling',
      `${RUN} gateway node services/gateway/src/data.ts import - < parley.data`,
      `${RUN} signaling node services/signaling/src/data.ts import - < parley.data`,
      'docker-compose start signaling gateway',
    ],
  },
} as const;

type WayBack = { readonly save: readonly string[]; readonly restore: readonly string[] };
type Candidate = { address: string; port: number; protocol: string };

/** The steps of the test, in order: each step uses the containers that the step before has left. */
export class Smoke {
  readonly #engine: Engine;
  readonly #project: Project;
  readonly #namespaces: Namespaces;

  constructor(engine: Engine, project: Project, namespaces: Namespaces) {
    this.#engine = engine;
    this.#project = project;
    this.#namespaces = namespaces;
  }

  /** Without secrets docker-compose refuses to start, and says what to do. */
  async refusesToStartWithoutSecrets(): Promise<void> {
    const file = join(this.#project.folder, '.env');
    renameSync(file, `${file}.away`);
    const { status, output } = await this.#project.tryCompose('up', '--detach');
    renameSync(`${file}.away`, file);
    assert.notEqual(status, 0, 'it started without .env');
    assert.match(output, /npm run compose:env/, output);
    assert.deepEqual(await this.#project.containers(), []);
  }

  async startsWithGeneratedSecrets(): Promise<void> {
    await this.#project.compose('up', '--detach', ...this.#wantedServices());
    await this.#allHealthy(this.#wantedServices().length);
  }

  async runsEachContainerHardened(): Promise<void> {
    for (const container of await this.#project.containers()) await this.#assertHardened(container);
  }

  async carriesACallFromOutside(): Promise<void> {
    await this.#call(1);
    const page = await this.#outside('curl', '--silent', '--insecure', `https://${HOST_ADDRESS}/`);
    assert.match(page, /<title>/, 'nginx does not lead to the pages');
  }

  /** Prometheus finds every service and each one answers. The pages for operators answer on this machine. */
  async isWatched(): Promise<void> {
    type Targets = {
      data: { activeTargets: { health: string; labels: { service?: string; job: string } }[] };
    };
    const up = ['gateway', 'logs', 'media', 'prometheus', 'signaling', 'ui'];
    let seen: string[] = [];
    await waitFor(
      async () => {
        const targets = JSON.parse(
          await this.#onTheMachine('http://127.0.0.1:9090/api/v1/targets'),
        ) as Targets;
        const healthy = targets.data.activeTargets.filter(({ health }) => health === 'up');
        seen = healthy.map(({ labels }) => labels.service ?? labels.job).sort();
        return up.every((service) => seen.includes(service));
      },
      { what: 'Prometheus to be answered by every service', describe: () => seen },
    );
    for (const page of ['http://127.0.0.1:9000/', 'https://127.0.0.1:8500/']) await this.#onTheMachine(page);
  }

  /** The path of clients whose network blocks every other one: through coturn to the published media ports. */
  async carriesARelayedCall(): Promise<void> {
    await this.#call(1, 'relayed');
  }

  /** Each service writes its own log, and only the log viewer reads them. */
  async letsOnlyTheViewerReadLogs(): Promise<void> {
    const read = 'cat /var/log/parley/media/*.ndjson | head -c 20';
    const { output: seen } = await this.#project.tryCompose('exec', '-T', 'logs', 'sh', '-c', read);
    assert.match(seen, /"level"/, 'the viewer cannot read what media logs');
    for (const service of ['signaling', 'gateway', 'nginx']) {
      const { output } = await this.#project.tryCompose('exec', '-T', service, 'sh', '-c', read);
      assert.match(output, /Permission denied/, `${service} can read what media logs: ${output}`);
    }
  }

  /** Starts a second signaling and a second media container. The others find them without a restart. */
  async scales(): Promise<void> {
    const before = (await this.#project.containers()).length;
    const two = ['--scale', 'signaling=2', '--scale', 'media=2'];
    await this.#project.compose('up', '--detach', '--no-recreate', ...two, ...this.#wantedServices());
    await this.#allHealthy(before + 2);
    await waitFor(
      async () => {
        const upstreams = 'grep -A9 "upstream signaling_any" /run/edge/conf/site/upstreams.conf';
        const text = await this.#project.compose('exec', '-T', 'nginx', 'sh', '-c', upstreams);
        return text.match(/server [\d.]+:5000/g)?.length === 2;
      },
      { what: 'nginx to know both signaling instances' },
    );
    // The second slot of ports begins after the ports of the first container's workers.
    const second = MEDIA_PORT_FIRST + (await this.#mediaWorkers());
    const isSpread = async () => (await this.#call(4)).some(({ port }) => port >= second);
    await waitFor(isSpread, {
      what: 'calls to be spread over both media containers',
      timeoutMs: SPREAD_TIMEOUT_MS,
    });
    const sockets = await Promise.all([1, 2].map((index) => this.#countJoins(index)));
    assert.ok(
      sockets.every((count) => count > 0),
      `joins by signaling instance: ${sockets.join(', ')}`,
    );
  }

  /** Runs commands that docs/operations/scale-and-upgrade.md prints, and loses the database between the first and the second. */
  async bringsBack({ save, restore }: WayBack): Promise<void> {
    const words = readFileSync(
      join(this.#project.folder, 'docs', 'operations', 'scale-and-upgrade.md'),
      'utf8',
    );
    for (const line of [...save, ...restore])
      assert.ok(words.includes(line), `docs/operations/scale-and-upgrade.md does not say: ${line}`);
    const rooms = `docker-compose exec -T postgres psql -U parley -Atc 'SELECT count(*) FROM rooms.rooms'`;
    const before = await this.#project.type(rooms);
    assert.match(before, /^[1-9]/, 'there is no room to lose');
    for (const line of save) await this.#project.type(line);
    await this.#project.type(`docker-compose exec -T postgres psql -U parley -c 'DROP SCHEMA rooms CASCADE'`);
    for (const line of restore) await this.#project.type(line);
    assert.equal(await this.#project.type(rooms), before);
    await waitFor(() => this.#call(1).catch(() => undefined), {
      what: 'calls to be possible again',
      timeoutMs: HEALTHY_TIMEOUT_MS,
    });
  }

  /** From outside only published ports are open. */
  async showsOnlyPublishedPorts(): Promise<void> {
    const scan = [process.execPath, join(HERE, 'scan.ts'), HOST_ADDRESS, ...UNPUBLISHED_UDP.map(String)];
    const { tcp, udp } = JSON.parse(await this.#outside(...scan)) as { tcp: number[]; udp: number[] };
    assert.deepEqual(
      tcp.filter((port) => !PUBLISHED_TCP.includes(port)),
      [],
      'TCP ports that nobody published are open',
    );
    for (const port of [80, 443, 3478, 40_000]) assert.ok(tcp.includes(port), `TCP port ${port} is closed`);
    assert.deepEqual(udp, [], 'UDP ports that nobody published are open');
  }

  async leavesNothingBehind(): Promise<void> {
    await this.#project.compose('down', '--volumes');
    assert.deepEqual(await this.#engine.list('ps', '--all', '--quiet'), [], 'containers are left');
    assert.deepEqual(await this.#engine.list('volume', 'ls', '--quiet'), [], 'volumes are left');
    const networks = await this.#engine.list('network', 'ls', '--format', '{{.Name}}');
    assert.deepEqual(networks.sort(), ['host', 'none'], 'networks are left');
  }

  #wantedServices(): string[] {
    const services = Object.entries(this.#project.file.services);
    return services
      .filter(([, { image }]) => !image?.includes(':') || hasStandIn(image))
      .map(([name]) => name);
  }

  async #allHealthy(count: number): Promise<void> {
    const describe = async () => (await this.#project.containers()).map(stateOf);
    const isReady = async () => {
      const states = await describe();
      return states.length === count && states.every((state) => state.endsWith(' healthy'));
    };
    try {
      await waitFor(isReady, {
        what: 'every container to be healthy',
        timeoutMs: HEALTHY_TIMEOUT_MS,
        describe,
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${await this.#project.compose('logs', '--tail=15')}`, {
        cause: error,
      });
    }
  }

  async #assertHardened(container: ContainerState): Promise<void> {
    const name = serviceOf(container);
    const { ReadonlyRootfs, Privileged, CapAdd, CapDrop, SecurityOpt, Memory, PidsLimit } =
      container.HostConfig;
    assert.ok(ReadonlyRootfs, `${name}: its root is writable`);
    assert.ok(!Privileged, `${name}: it has privileges`);
    // The file of coturn's program needs this one. Engines write names of capabilities with or without the prefix.
    const capabilities = (CapAdd ?? []).map((capability) => capability.replace(/^CAP_/, ''));
    assert.deepEqual(
      capabilities,
      name === 'coturn' ? ['NET_BIND_SERVICE'] : [],
      `${name}: its capabilities`,
    );
    assert.deepEqual(CapDrop, ['ALL'], `${name}: capabilities are not dropped`);
    assert.deepEqual(SecurityOpt, ['no-new-privileges:true'], `${name}: it can gain privileges`);
    assert.ok(Memory > 0 && (PidsLimit ?? 0) > 0, `${name}: it has no limits`);
    // The engine requires the process id among the columns.
    const [, ...processes] = (await this.#engine.docker('top', container.Id, '-eo', 'uid,pid,comm'))
      .trim()
      .split('\n');
    assert.notEqual(processes.length, 0, `${name}: it has no process`);
    for (const line of processes)
      assert.doesNotMatch(line, /^\s*0\s/, `${name}: a process runs as root: ${line}`);
  }

  /** Holds calls of two people from outside, and checks that every ICE candidate has a published address and port. */
  async #call(count: number, way = 'direct'): Promise<Candidate[]> {
    const certificate = join(this.#project.folder, '.parley', 'certificate', 'certificate.pem');
    assert.ok(existsSync(certificate));
    const program = [process.execPath, join(HERE, 'call.ts'), `https://${HOST_ADDRESS}`, String(count), way];
    const output = await this.#outside('env', `NODE_EXTRA_CA_CERTS=${certificate}`, ...program);
    const candidates = JSON.parse(output) as Candidate[];
    for (const { address, port } of candidates) {
      assert.equal(address, HOST_ADDRESS);
      assert.ok(MEDIA_PORTS.includes(port), `media is at the port ${port}, which is not published`);
    }
    return candidates;
  }

  /** The number of workers: by default the media image starts one per core. */
  async #mediaWorkers(): Promise<number> {
    const text = await this.#project.compose('exec', '-T', 'media', 'nproc');
    return Number(text.trim());
  }

  async #countJoins(index: number): Promise<number> {
    const text = `fetch('http://127.0.0.1:5001/metrics').then((r) => r.text()).then(console.log)`;
    const metrics = await this.#project.compose(
      'exec',
      '-T',
      `--index=${index}`,
      'signaling',
      'node',
      '-e',
      text,
    );
    const joins = [...metrics.matchAll(/^parley_signaling_joins_total\{.*\} (\d+)/gm)];
    return joins.reduce((sum, [, value]) => sum + Number(value), 0);
  }

  async #onTheMachine(url: string): Promise<string> {
    const [program = '', ...enter] = Namespaces.enter(this.#namespaces.host);
    // The certificate of Consul is from the authority of the services, which no other program knows.
    const curl = ['curl', '--silent', '--fail', '--location', '--insecure', url];
    const { stdout } = await execute(program, [...enter, ...curl]);
    return stdout;
  }

  async #outside(...command: string[]): Promise<string> {
    const [program = '', ...args] = [...Namespaces.enter(this.#namespaces.outside), ...command];
    const { stdout } = await execute(program, args, { timeout: 180_000, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  }
}

function stateOf(container: ContainerState): string {
  return `${serviceOf(container)} ${container.State.Status} ${container.State.Health?.Status ?? 'unchecked'}`;
}

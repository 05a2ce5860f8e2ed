import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { discoveryShape } from '@parley/common/discovery';
import { logShape } from '@parley/common/logging';
import { gatewayConfigSchema } from '@parley/gateway/config';
import { logsConfigSchema } from '@parley/logs/config';
import { mediaConfigSchema } from '@parley/media/config';
import { configSchema as signalingConfigSchema } from '@parley/signaling/config';
import { uiConfigSchema } from '@parley/ui/config';
import { parse } from 'yaml';
import { ROOT } from '../lib/paths.mjs';
import { isSetInEnvFile } from '../docs/compose-variables.mjs';
import { addressesToAnnounce, complete, readValues, settings } from '../compose/env-file.mjs';

type Service = {
  image: string;
  command?: string[];
  entrypoint?: string[];
  stop_signal?: string;
  build?: { target: string };
  user?: string;
  read_only?: boolean;
  privileged?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  ports?: string[];
  profiles?: string[];
  networks?: string[];
  network_mode?: string;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string | null>;
  volumes?: (string | { source: string })[];
};
type ComposeFile = {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
};

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const file = parse(text, { merge: true }) as ComposeFile;
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const services = Object.entries(file.services);
const folder = mkdtempSync(join(tmpdir(), 'parley-env-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const machine = { addresses: ['192.0.2.7'], cores: 4, certificateGroup: 10_006, keyGroup: 65_534 };

/** The part of the Dockerfile that makes a target. */
function stage(target: string): string {
  const [, rest = ''] = dockerfile.split(new RegExp(`^FROM \\S+ AS ${target}$`, 'm'));
  return rest.split(/^FROM /m)[0] ?? '';
}

/** Every `${NAME…}` of the compose file, with what stands behind its name. */
function variables(): { name: string; rest: string }[] {
  return [...text.matchAll(/\$\{(\w+)([^}]*)\}/g)].map(([, name = '', rest = '']) => ({ name, rest }));
}

describe('docker-compose.yml', () => {
  test('has the whole system', () => {
    const names = ['nginx', 'ui', 'gateway', 'signaling', 'media', 'postgres', 'redis', 'consul'];
    const others = ['prometheus', 'grafana', 'logs', 'coturn', 'media-ports', 'acme'];
    const access = ['consul-access', 'database-access'];
    expect(Object.keys(file.services).sort()).toEqual([...names, ...others, ...access].sort());
  });

  test.each(services)('%s may do nothing that it need not', (name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    // The file of its program asks for it, and is not run without.
    expect(service.cap_add).toEqual(name === 'coturn' ? ['NET_BIND_SERVICE'] : undefined);
    expect(service.privileged).toBeUndefined();
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.pids_limit).toBeGreaterThan(0);
    const target = /^parley-(\w+)$/.exec(service.image)?.[1];
    const user = target === undefined ? service.user : /^USER (\w+)$/m.exec(stage(target))?.[1];
    // The engine makes volumes that belong to root. Without capabilities, root may do no more than their owner.
    const expected = name === 'acme' ? '0:0' : expect.stringMatching(/^(?!root$|0\b)\w+/);
    expect({ name, user }).toEqual({ name, user: expected });
  });

  test.each(services)('%s is checked for health, and only what is healthy is built upon', (name, service) => {
    const target = /^parley-(\w+)$/.exec(service.image)?.[1];
    const check = service.healthcheck ?? (target !== undefined && /^HEALTHCHECK /m.test(stage(target)));
    expect({ name, check }).not.toEqual({ name, check: false });
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(file.services).toHaveProperty(needed);
      expect({ needed, condition }).toEqual({
        needed,
        condition: needed === 'media-ports' ? 'service_started' : 'service_healthy',
      });
    }
  });

  test('gets certificates only where an operator asks for it, and gives nginx nothing but their folder', () => {
    const { acme, nginx } = file.services;
    expect(services.filter(([, { profiles }]) => profiles).map(([name]) => name)).toEqual(['acme']);
    const read = (service?: Service) =>
      (service?.volumes ?? []).map(String).filter((mount) => mount.startsWith('acme'));
    expect(read(acme)).toEqual(['acme:/var/lib/parley/acme', 'acme_account:/var/lib/parley/acme-account']);
    expect(read(nginx)).toEqual(['acme:/var/lib/parley/acme:ro']);
    const head = readFileSync(join(ROOT, 'deploy', 'acme', 'run.sh'), 'utf8').split('set -eu')[0];
    for (const name of Object.keys(acme?.environment ?? {})) expect(head).toContain(` ${name} `);
  });

  test('names one version of each image that comes from elsewhere', () => {
    const upstream = services.map(([, { image }]) => image).filter((image) => !image.startsWith('parley-'));
    expect(upstream.length).toBeGreaterThan(6);
    for (const image of upstream) expect(image).toMatch(/:v?\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?$/);
  });

  test('publishes the edge, TURN and media, and to this machine alone what is for operators', () => {
    const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    const withDefaults = published.map((port) => port.replaceAll(/\$\{\w+:-(\d+)\}/g, '$1'));
    expect(withDefaults.sort()).toEqual([
      'consul 127.0.0.1:8500:8500',
      'coturn 3478:3478/tcp',
      'coturn 3478:3478/udp',
      'grafana 127.0.0.1:3001:3000',
      'logs 127.0.0.1:9000:9000',
      'media-ports 40000-40015:40000-40015/tcp',
      'media-ports 40000-40015:40000-40015/udp',
      'media-ports 40101:40101/udp',
      'nginx 443:8443',
      'nginx 80:8080',
      'prometheus 127.0.0.1:9090:9090',
    ]);
  });

  test('has the port of TURN in one variable', () => {
    expect(text.match(/3478/g)?.length).toBe(text.match(/\$\{TURN_PORT:-3478\}/g)?.length);
  });

  test('keeps databases and services in networks that lead nowhere', () => {
    const isOpen = (name: string) => file.networks[name]?.internal !== true;
    const open = services.filter(([, { networks = [] }]) => networks.some(isOpen)).map(([name]) => name);
    expect(open.sort()).toEqual([
      'acme',
      'consul',
      'coturn',
      'grafana',
      'logs',
      'media-ports',
      'nginx',
      'prometheus',
    ]);
    const withData = services.filter(([, { networks }]) => networks?.includes('data')).map(([name]) => name);
    expect(withData.sort()).toEqual(['postgres', 'redis', 'signaling']);
  });

  test('keeps the UI among nothing but the edge and Prometheus, and gives it no secret but the one that names rooms in logs', () => {
    const { ui } = file.services;
    const others = services
      .filter(
        ([name, { networks }]) => name !== 'ui' && networks?.some((each) => ui?.networks?.includes(each)),
      )
      .map(([name]) => name);
    expect(others.sort()).toEqual(['nginx', 'prometheus']);
    expect(
      Object.keys(ui?.environment ?? {}).filter((name) => /SECRET|PASSWORD|TOKEN|KEY/.test(name)),
    ).toEqual(['LOG_KEY']);
    expect(ui?.volumes).toBeUndefined();
  });

  test('reaches Consul, Redis and PostgreSQL by TLS alone, and by the authority of the installation', () => {
    const authority = '/etc/parley/tls/authority.pem';
    for (const [name, { environment = {} }] of services)
      for (const [variable, value] of Object.entries(environment))
        if (/^(?:CONSUL|REDIS)_URL$/.test(variable)) {
          expect(`${name} ${value}`).toMatch(/ (?:https|rediss):/);
          expect(environment[variable.replace('URL', 'TLS_AUTHORITY_FILE')]).toBe(authority);
        }
    expect(file.services.signaling?.environment?.['DATABASE_TLS_AUTHORITY_FILE']).toBe(authority);
    expect(readFileSync(join(ROOT, 'deploy', 'redis', 'redis.conf'), 'utf8')).toMatch(/^port 0$/m);
    const rules = readFileSync(join(ROOT, 'deploy', 'postgres', 'pg_hba.conf'), 'utf8').match(/^[^#\n].*/gm);
    expect(rules?.map((rule) => rule.replace(/ +/g, ' '))).toEqual([
      'local all all scram-sha-256',
      'hostssl all all all scram-sha-256',
    ]);
  });

  test('shows each service its own certificate and its own token of Consul, and no other', () => {
    const keys = services.flatMap(([name, { volumes = [] }]) =>
      volumes.flatMap((mount) => {
        const [, of] = /^\.\/\.parley\/tls\/(\w+):/.exec(typeof mount === 'string' ? mount : '') ?? [];
        return of === undefined ? [] : [[name, of]];
      }),
    );
    expect(keys).toEqual([
      ['gateway', 'gateway'],
      ['signaling', 'signaling'],
      ['media', 'media'],
      ['postgres', 'postgres'],
      // The authority alone.
      ['database-access', 'trust'],
      ['redis', 'redis'],
      ['consul', 'consul'],
      // The authority alone.
      ['consul-access', 'trust'],
      ['logs', 'trust'],
    ]);
    for (const name of ['gateway', 'signaling', 'media', 'logs'])
      expect(file.services[name]?.environment?.['CONSUL_TOKEN']).toContain(
        `CONSUL_${name.toUpperCase()}_TOKEN`,
      );
    const managers = services.filter(([, { environment = {} }]) => 'CONSUL_MANAGEMENT_TOKEN' in environment);
    expect(managers.map(([name]) => name)).toEqual(['consul', 'consul-access']);
  });

  test('takes every secret from the environment, and has none of its own', () => {
    const secrets = variables().filter(({ name }) => /SECRET|PASSWORD|_TOKEN$/.test(name));
    expect(secrets.length).toBeGreaterThan(7);
    for (const { name, rest } of secrets)
      expect({ name, rest }).toEqual({ name, rest: expect.stringMatching(/^:\?./) });
    for (const [name, { environment = {} }] of services) {
      for (const [variable, value] of Object.entries(environment)) {
        // What has no value here is there only if .env has it.
        if (!/SECRET|PASSWORD|_TOKEN$/.test(variable) || value === null) continue;
        expect(`${name} ${variable} ${value}`).toMatch(/ \$\{\w+:\?[^}]+\}$/);
      }
    }
  });

  test('asks for no variable that compose:env does not write or that has no default', () => {
    const written = settings(machine).map(({ name }) => name);
    for (const { name, rest } of variables()) {
      expect({ name, known: /^:?-/.test(rest) || written.includes(name) }).toEqual({ name, known: true });
    }
  });

  const schemas = {
    media: mediaConfigSchema.shape,
    signaling: signalingConfigSchema.shape,
    gateway: gatewayConfigSchema.shape,
    logs: logsConfigSchema.shape,
    ui: uiConfigSchema.shape,
  };

  test.each(Object.entries(schemas))('passes every variable of %s from .env, or sets it', (name, shape) => {
    const environment = file.services[name]?.environment ?? {};
    const names = Object.keys(name === 'ui' ? shape : { ...logShape, ...discoveryShape, ...shape });
    const passes = (variable: string) =>
      environment[variable] === null || environment[variable]?.includes(`\${${variable}`);
    expect(names.filter((variable) => isSetInEnvFile(variable) && !passes(variable))).toEqual([]);
    // What the documents say is set by the file must not depend on `.env` by the same name.
    expect(names.filter((variable) => !isSetInEnvFile(variable) && passes(variable))).toEqual([]);
  });

  test('labels every bind mount, so that containers may read them on hosts with SELinux', () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes);
    const binds = mounts.filter((mount) => typeof mount !== 'string' || /^[./$]/.test(mount));
    expect(binds.length).toBeGreaterThan(7);
    for (const mount of binds) expect(mount).toMatch(/:\/[^:]+:ro,z$/);
  });

  test('sets only variables that the service reads', () => {
    for (const [name, shape] of Object.entries(schemas)) {
      const known = { ...shape, ...logShape, ...discoveryShape };
      // Read before the service itself, by deploy/docker/media-slot.sh.
      const read = [...Object.keys(known), 'MEDIA_PORT_FIRST', 'MEDIA_PORT_LAST'];
      const variables = Object.keys(file.services[name]?.environment ?? {}).map((variable) =>
        variable.replace(/_FILE$/, ''),
      );
      expect({ name, unread: variables.filter((variable) => !read.includes(variable)) }).toEqual({
        name,
        unread: [],
      });
    }
  });

  test('takes every variable that the chapter on containers names', () => {
    const operations = readFileSync(join(ROOT, 'docs', 'operations', 'install.md'), 'utf8');
    const [, chapter = ''] = /\n## In containers\n([^]*?)\n## /.exec(operations) ?? [];
    const named = [...chapter.matchAll(/`([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)`/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining(['EDGE_OPERATORS', 'CERTIFICATE_DIR', 'GRAFANA_URL']));
    const taken = new Set(variables().map(({ name }) => name));
    expect(named.filter((name) => !taken.has(name ?? ''))).toEqual([]);
  });

  test('gives nginx only variables that its script reads', () => {
    const [, head = ''] =
      /\n#\n([^]*?)\nset -eu/.exec(readFileSync(join(ROOT, 'nginx', 'run.sh'), 'utf8')) ?? [];
    for (const name of Object.keys(file.services.nginx?.environment ?? {}))
      expect(head).toContain(` ${name} `);
  });

  test('ends nginx at once, which would wait for every WebSocket otherwise', () => {
    expect(file.services.nginx?.stop_signal).toBe('SIGTERM');
  });

  test('makes Redis the process that signals go to, with its configuration on standard input', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'redis-server'), '#!/bin/sh\necho "$$ $*"\ncat\n');
    chmodSync(join(bin, 'redis-server'), 0o755);
    const [program = '', ...args] = file.services.redis?.entrypoint ?? [];
    const [script = ''] = file.services.redis?.command ?? [];
    const inHere = script.replaceAll('$$', '$').replace('/etc/parley', join(ROOT, 'deploy'));
    const env = { PATH: `${bin}:${process.env.PATH}`, REDIS_PASSWORD: 'a$b`c' };
    const { pid, stdout } = spawnSync(program, [...args, inHere], { env, encoding: 'utf8' });
    const configuration = readFileSync(join(ROOT, 'deploy', 'redis', 'redis.conf'), 'utf8');
    const more = [
      'requirepass a$b`c',
      'protected-mode no',
      'tls-port 6379',
      'tls-cert-file /etc/parley/tls/certificate.pem',
      'tls-key-file /etc/parley/tls/key.pem',
    ];
    expect(stdout).toBe(`${pid} -\n${configuration}${more.join('\n')}\n`);
  });

  test('gives the log volume to those that write it and to the viewer', () => {
    const mounts = services.filter(([, { volumes = [] }]) =>
      volumes.includes('backend_logs:/var/log/parley'),
    );
    expect(mounts.map(([name]) => name).sort()).toEqual(['gateway', 'logs', 'media', 'nginx', 'signaling']);
    expect(file.volumes).toHaveProperty('backend_logs');
  });

  test('is understood by docker-compose, where there is one', () => {
    if (spawnSync('docker-compose', ['version']).status !== 0) return;
    const env = join(folder, 'env');
    writeFileSync(env, complete('', settings(machine)).text);
    const config = (...args: string[]) =>
      spawnSync('docker-compose', [...args, '-f', join(ROOT, 'docker-compose.yml'), 'config', '--quiet'], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
    expect(config('--env-file', env).stderr).toBe('');
    writeFileSync(env, '');
    const refused = config('--env-file', env);
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain('npm run compose:env');
  });
});

describe('deploy/parley.service', () => {
  const unit = readFileSync(join(ROOT, 'deploy', 'parley.service'), 'utf8');

  test('brings up what the engine does not, once it runs, and stops it before', () => {
    for (const line of [
      'After=docker.service network-online.target',
      'Type=oneshot',
      'RemainAfterExit=yes',
      'ExecStart=/usr/bin/docker compose up -d',
      'ExecStop=/usr/bin/docker compose stop',
    ])
      expect(unit.split('\n')).toContain(line);
    expect(unit).toMatch(/^WorkingDirectory=\//m);
  });
});

describe('the environment file of compose', () => {
  test('gets a long random value for each secret, another one each time', () => {
    const [one, other] = [complete('', settings(machine)).text, complete('', settings(machine)).text].map(
      readValues,
    );
    for (const [name, value] of one!) {
      if (!/SECRET|PASSWORD/.test(name)) continue;
      expect(value).toMatch(/^[\w-]{24,}$/);
      expect(other!.get(name)).not.toBe(value);
    }
    expect(one!.get('ANNOUNCED_ADDRESSES')).toBe('192.0.2.7');
  });

  test('announces the address of a network before those of containers, and without a network loopback', () => {
    const one = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4') =>
      [{ address, family, internal: false, netmask: '', mac: '', cidr: null, scopeid: 0 }] as never;
    const bridge = { 'br-1': one('172.18.0.1'), eth0: one('192.0.2.7') };
    expect(addressesToAnnounce(bridge)).toEqual(['192.0.2.7']);
    expect(addressesToAnnounce({ ...bridge, eth1: one('2001:db8::7', 'IPv6') })).toEqual([
      '192.0.2.7',
      '2001:db8::7',
    ]);
    expect(addressesToAnnounce({ eth1: one('2001:db8::7', 'IPv6') })).toEqual(['2001:db8::7']);
    expect(addressesToAnnounce({})).toEqual(['127.0.0.1']);
  });

  test('keeps every value and every line that is there', () => {
    const mine = '# mine\nANNOUNCED_ADDRESSES=198.51.100.1\nOTHER=a=b\nTURN_SECRET=short';
    const { text, added } = complete(mine, settings(machine));
    expect(text.startsWith(`${mine}\n`)).toBe(true);
    expect(added).not.toContain('TURN_SECRET');
    expect(readValues(text).get('OTHER')).toBe('a=b');
    expect(complete(text, settings(machine))).toEqual({ text, added: [] });
  });

  test.each([
    ['EDGE_NAMES="call.example.org"', 'call.example.org'],
    ["EDGE_NAMES='call.example.org' # ours", 'call.example.org'],
    ['EDGE_NAMES=call.example.org # ours', 'call.example.org'],
    ['EDGE_NAMES=call.example.org\r', 'call.example.org'],
    ['EDGE_NAMES=a#b', 'a#b'],
    ['EDGE_NAMES= # none', ''],
  ])('%j is read as compose reads it', (line, value) => {
    expect(readValues(`${line}\nOTHER=1\n`).get('EDGE_NAMES')).toBe(value);
  });

  test('gets a value where there is only a name', () => {
    expect(complete('TURN_SECRET=\n', settings(machine)).added).toContain('TURN_SECRET');
  });

  test('has media ports for two containers of a worker per core, within 40000 to 40100', () => {
    const last = (cores: number) =>
      Number(readValues(complete('', settings({ ...machine, cores })).text).get('MEDIA_PORT_LAST'));
    expect([1, 8, 16, 96].map(last)).toEqual([40_015, 40_015, 40_031, 40_100]);
  });
});

describe('a media container', () => {
  const script = join(ROOT, 'deploy', 'docker', 'media-slot.sh');
  const env = {
    PATH: process.env.PATH,
    MEDIA_SLOTS_DIR: folder,
    MEDIA_WORKERS: '2',
    MEDIA_PORT_LAST: '40003',
  };
  const print = 'echo $INSTANCE_ID $MEDIA_RTC_PORT_BASE $MEDIA_PIPE_PORTS $MEDIA_GRPC_PORT $MEDIA_ADMIN_PORT';
  const nested = (inner: string) => `${print}; sh ${script} sh -c '${inner}'`;

  test('takes the first slot of ports that no other one holds, and gives it back when it ends', () => {
    const start = (command: string) =>
      spawnSync('sh', [script, 'sh', '-c', command], { env, encoding: 'utf8' });
    const first = 'media-0 40000 20000-20199 50100 50200\n';
    expect(start(nested(print)).stdout).toBe(`${first}media-1 40002 20200-20399 50101 50201\n`);
    expect(start(print).stdout).toBe(first);
  });

  test('says so when no ports are left', () => {
    const third = spawnSync('sh', [script, 'sh', '-c', nested(`sh ${script} true`)], {
      env,
      encoding: 'utf8',
    });
    expect(third.stderr).toContain('Widen MEDIA_PORT_LAST');
    expect(existsSync('/tmp/admin-port')).toBe(true);
  });
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readDigests } from '../bootstrap/worker-prebuilt.mjs';
import { attempt } from '../lib/command.mjs';
import { ROOT } from '../lib/paths.mjs';
import { RegistryImage } from '../supply/image-registry.mjs';
import { readTimes } from '../supply/npm-registry.mjs';
import { PIN_AGE_MAX_DAYS, pinProblems, releaseDay, type Kept, type Pin } from '../supply/pin-age.mjs';
import { IMAGE_FILES, pinnedImages, pinnedPackages, withPins } from '../supply/pinned.mjs';
import { newestOfLine } from '../supply/versions.mjs';

const SUPPLY = join(ROOT, 'scripts', 'supply');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(SUPPLY, name), 'utf8'));

describe('what this repository fixes the version of', () => {
  const looked = readJson('pins.json') as Pin[];
  const kept = readJson('kept-pins.json') as Kept[];
  const unknown = { released: null, newest: null, lookedOn: null };
  const images = IMAGE_FILES.flatMap((file) => pinnedImages(readFileSync(join(ROOT, file), 'utf8')));

  test('is in pins.json with its version, as npm run pins writes it', () => {
    const packages = [...pinnedPackages()].map(([name, version]) => `npm:${name} ${version}`);
    const known = looked.map(({ pin, version }) => `${pin} ${version}`);
    expect(known.filter((each) => each.startsWith('npm:'))).toEqual(packages);
    expect(packages.length).toBeGreaterThan(50);
    expect(images.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['nginx', 'node', 'grafana/grafana']),
    );
  });

  test(`is at most ${PIN_AGE_MAX_DAYS} days old at the release, or the newest of its line, or has a reason`, () => {
    // An image without a digest is as good as one that nobody has looked at: its tag may lead elsewhere tomorrow.
    const all = [
      ...looked.filter(({ pin }) => pin.startsWith('npm:')),
      ...images.map(({ name, tag, digest }) => {
        const known = looked.find(({ pin, version }) => pin === `image:${name}` && version === tag);
        return { pin: `image:${name}`, version: tag, ...unknown, ...(digest === null ? {} : known) };
      }),
      ...workerPins(),
    ];
    const lookedOn =
      looked
        .map((each) => each.lookedOn ?? '')
        .sort()
        .at(-1) ?? '';
    expect(pinProblems(all, kept, releaseDay(process.env, lastCommit, lookedOn))).toEqual([]);
  });

  test('has a checksum in the lock file, if it comes from npm', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    const fetched = Object.entries(packages).filter(
      ([path, { link }]) => path.includes('node_modules/') && !link,
    );
    expect(fetched.length).toBeGreaterThan(500);
    expect(
      fetched.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true).map(([path]) => path),
    ).toEqual([]);
  });

  /** The worker that mediasoup's authors publish: its age is that of the package, once its checksums are known. */
  function workerPins(): Pin[] {
    const version = pinnedPackages().get('mediasoup') ?? '';
    const names = Object.keys(readDigests());
    if (names.length === 0) return [{ pin: 'worker:mediasoup', version, ...unknown }];
    const systems = ['x64-kernel6', 'x64-kernel7', 'arm64-kernel6', 'arm64-kernel7'];
    expect(names.sort()).toEqual(
      systems.map((each) => `mediasoup-worker-${version}-linux-${each}.tgz`).sort(),
    );
    return [];
  }

  function lastCommit(): string | undefined {
    try {
      return execFileSync('git', ['log', '-1', '--format=%cI'], {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    } catch {
      return undefined;
    }
  }
});

describe('the age of a pin', () => {
  const pin: Pin = {
    pin: 'npm:a',
    version: '1.2.3',
    released: '2026-01-01',
    newest: '1.2.3',
    lookedOn: '2026-11-01',
  };
  const reason: Kept = { pin: 'npm:a', version: '1.2.3', why: 'because', until: '2027-01-01' };

  test.each<[string, Partial<Pin>, Kept[], RegExp | null]>([
    ['of 120 days is fine', { released: '2026-08-01', newest: '1.3.0' }, [], null],
    [
      'of 121 days is not, where a newer one is known',
      { released: '2026-07-31', newest: '1.3.0' },
      [],
      /121 days old, and 1\.3\.0 is newer/,
    ],
    ['does not matter where it is the newest', {}, [], null],
    [
      'matters where nobody has looked for 121 days',
      { lookedOn: '2026-07-31' },
      [],
      /nobody has looked .* since 2026-07-31/,
    ],
    ['that is unknown is not fine', { released: null }, [], /age of npm:a 1\.2\.3 is unknown/],
    ['may have a reason', { newest: '1.3.0' }, [reason], null],
    [
      'has the reason of its own version alone',
      { newest: '1.3.0' },
      [{ ...reason, version: '1.2.2' }],
      /332 days old/,
    ],
    [
      'has a reason until a day',
      { newest: '1.3.0' },
      [{ ...reason, until: '2026-11-28' }],
      /kept until 2026-11-28: because/,
    ],
    ['may have its reason before', { released: '2026-11-01', newest: '1.3.0' }, [reason], null],
    ['that is fine needs no reason', {}, [reason], /npm:a 1\.2\.3 needs no reason/],
  ])('%s', (_what, changed, kept, problem) => {
    const problems = pinProblems([{ ...pin, ...changed }], kept, '2026-11-29');
    expect(problems.join('\n')).toMatch(problem ?? /^$/);
  });

  test.each<[string, NodeJS.ProcessEnv, string | undefined, string]>([
    [
      'SOURCE_DATE',
      { SOURCE_DATE: '2026-12-24', SOURCE_DATE_EPOCH: '1' },
      '2026-11-29T05:51:54+00:00',
      '2026-12-24',
    ],
    ['SOURCE_DATE_EPOCH', { SOURCE_DATE_EPOCH: '1798070400' }, '2026-11-29T05:51:54+00:00', '2026-12-24'],
    ['the last commit', {}, '2026-11-29T23:51:54-05:00', '2026-11-30'],
    ['the last look, in an archive without history', {}, undefined, '2026-11-01'],
  ])('counts to the day of %s', (_what, env, commit, day) => {
    expect(releaseDay(env, () => commit, '2026-11-01')).toBe(day);
  });

  test('counts to no day that is none', () => {
    expect(() => releaseDay({ SOURCE_DATE: 'tomorrow' }, () => undefined, '')).toThrow(
      /SOURCE_DATE must be a day/,
    );
  });
});

describe('the newest of a line', () => {
  test.each<[string, string[], number, string]>([
    ['1.2.3', ['1.2.4', '1.10.0', '2.0.0', '1.11.0-beta.1'], 1, '1.10.0'],
    ['18.4.0-beta.17', ['18.4.0-beta.9', '18.4.0-beta.18', '18.5.0', '19.0.0-beta.1'], 1, '18.4.0-beta.18'],
    ['1.30.7', ['1.30.8', '1.31.0', '1.30.8-alpine', 'latest', '1.30'], 2, '1.30.8'],
    ['18.6-bookworm', ['18.7-bookworm', '18.7', '19.1-bookworm', '18.7-trixie'], 1, '18.7-bookworm'],
    ['4.18.0-r0', ['4.18.0-r2', '4.18.1-r0', '4.18.0-r1-alpine'], 3, '4.18.0-r2'],
    ['v5.9.0', ['v5.9.1', '5.9.2', 'v6.0.0'], 2, 'v5.9.1'],
    [
      '24.21.0-bookworm-slim',
      ['24.22.1-bookworm-slim', '26.0.0-bookworm-slim', '24.23.0-bookworm'],
      1,
      '24.22.1-bookworm-slim',
    ],
    ['3.0.0', [], 1, '3.0.0'],
    ['latest', ['1.0.0'], 1, 'latest'],
  ])('of %s among %j with %i fixed numbers is %s', (current, all, fixed, newest) => {
    expect(newestOfLine(current, all, fixed)).toBe(newest);
  });

  test('and the day of a release come from what npm lists', () => {
    const times = {
      created: '2020-01-01T00:00:00Z',
      '1.0.0': '2026-01-02T03:04:05Z',
      '1.1.0': '2026-03-01T00:00:00Z',
    };
    expect(readTimes('a', '1.0.0', times)).toEqual({ released: '2026-01-02', newest: '1.1.0' });
    expect(() => readTimes('a', '1.0.1', times)).toThrow(/does not know a 1\.0\.1/);
  });
});

describe('images', () => {
  const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const config = JSON.stringify({ created: '2026-11-20T10:00:00Z' });
  const manifest = JSON.stringify({ config: { digest: sha256(config) } });
  const index = JSON.stringify({
    manifests: [
      { digest: 'sha256:other', platform: { os: 'unknown', architecture: 'unknown' } },
      { digest: sha256(manifest), platform: { os: 'linux', architecture: 'amd64' } },
    ],
  });
  let folder: string;
  let server: Server;
  let address: string;
  /** What the registry answers: a body for each path, with what it says of the digest. */
  let answers: Record<string, { body: string; digest?: string; link?: string }>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-pins-'));
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', address);
      if (url.pathname === '/token') {
        const scope = url.searchParams.get('scope');
        return response.end(JSON.stringify({ token: `${url.searchParams.get('service')} ${scope}` }));
      }
      const [, name] = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(url.pathname) ?? [];
      if (request.headers.authorization !== `Bearer reg repository:${name}:pull`) {
        const challenge = `Bearer realm="${address}/token",service="reg"`;
        return response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
      const answer = answers[`${url.pathname}${url.search}`.replace('/v2/', '')];
      if (answer === undefined) return response.writeHead(404).end();
      const { body, digest, link } = answer;
      return response
        .writeHead(200, { ...(digest && { 'docker-content-digest': digest }), ...(link && { link }) })
        .end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    answers = {};
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Publishes an image with these tags, the last of which is asked for. */
  function publish(name: string, ...tags: string[]): void {
    answers[`${name}/tags/list?n=1000`] = {
      body: JSON.stringify({ tags: tags.slice(0, 1) }),
      link: `</v2/${name}/tags/list?n=1000&last=x>; rel="next"`,
    };
    answers[`${name}/tags/list?n=1000&last=x`] = { body: JSON.stringify({ tags: tags.slice(1) }) };
    answers[`${name}/manifests/${tags.at(-1)}`] = { body: index, digest: sha256(index) };
    answers[`${name}/manifests/${sha256(manifest)}`] = { body: manifest };
    answers[`${name}/blobs/${sha256(config)}`] = { body: config };
  }

  test('have the digest of the list of all processors, and a day', async () => {
    publish('library/nginx', '1.30.7');
    const image = new RegistryImage('nginx', address);
    expect(await image.resolve('1.30.7')).toEqual({ digest: sha256(index), released: '2026-11-20' });
  });

  test('of a registry that says another digest than it sends are refused', async () => {
    publish('coturn/coturn', '4.18.0-r0');
    answers['coturn/coturn/manifests/4.18.0-r0'] = { body: index, digest: sha256('another') };
    const image = new RegistryImage('coturn/coturn', address);
    await expect(image.resolve('4.18.0-r0')).rejects.toThrow(/sent another manifest/);
    publish('coturn/coturn', '4.18.0-r0');
    answers[`coturn/coturn/manifests/${sha256(manifest)}`] = { body: `${manifest} ` };
    await expect(image.resolve('4.18.0-r0')).rejects.toThrow(/sent another manifest/);
  });

  test('that are missing, and a registry that is away, are named', async () => {
    await expect(new RegistryImage('nginx', address).tags()).rejects.toThrow(
      /nginx\/tags\/list\?n=1000 answers 404/,
    );
    await expect(new RegistryImage('nginx', 'http://127.0.0.1:1').tags()).rejects.toThrow(
      '127.0.0.1:1 cannot be reached',
    );
  });

  test('are found in the compose file and the Dockerfile, and get a tag and a digest where they stand', () => {
    const digest = sha256('x');
    const text = `services:\n  a:\n    image: nginx:1.30.7\n  b:\n    image: parley-ui\nFROM node:24.21.0-bookworm-slim@${digest} AS base\nFROM base AS sources\n`;
    expect(pinnedImages(text)).toEqual([
      { name: 'nginx', tag: '1.30.7', digest: null },
      { name: 'node', tag: '24.21.0-bookworm-slim', digest },
    ]);
    const pinned = withPins(text, new Map([['nginx', { tag: '1.30.8', digest }]]));
    expect(pinned).toBe(text.replace('nginx:1.30.7', `nginx:1.30.8@${digest}`));
    expect(withPins(pinned, new Map([['nginx', { tag: '1.30.8', digest }]]))).toBe(pinned);
  });

  test('are pinned by npm run pins; those that it cannot ask for stay, and it says so', async () => {
    for (const file of IMAGE_FILES) cpSync(join(ROOT, file), join(folder, file));
    mkdirSync(join(folder, 'scripts', 'supply'), { recursive: true });
    writeFileSync(join(folder, 'scripts', 'supply', 'pins.json'), '[]');
    const before = readFileSync(join(folder, 'docker-compose.yml'), 'utf8');
    const { tag = '' } = pinnedImages(before).find(({ name }) => name === 'nginx') ?? {};
    const newer = tag.replace(/\d+$/, (last) => String(Number(last) + 1));
    publish('library/nginx', tag, newer);
    const { status, output } = await attempt(process.execPath, [
      join(SUPPLY, 'main.mjs'),
      '--root',
      folder,
      '--image-registry',
      address,
      '--only',
      'images',
    ]);
    expect(output).toContain(`image:nginx: ${tag} became ${newer}`);
    expect(output).toMatch(/image:redis .*answers 404/);
    expect(status).toBe(1);
    const after = readFileSync(join(folder, 'docker-compose.yml'), 'utf8');
    expect(after).toContain(`    image: nginx:${newer}@${sha256(index)}\n`);
    expect(after.split('\n').filter((line, at) => line !== before.split('\n')[at])).toHaveLength(1);
    const pins = JSON.parse(readFileSync(join(folder, 'scripts', 'supply', 'pins.json'), 'utf8')) as Pin[];
    expect(pins.find(({ pin }) => pin === 'image:nginx')).toMatchObject({
      version: newer,
      released: '2026-11-20',
    });
    expect(pins.find(({ pin }) => pin === 'image:redis')).toMatchObject({ released: null, lookedOn: null });
  });
});

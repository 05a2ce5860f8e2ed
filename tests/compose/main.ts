// Started by scripts/compose/test.mjs under a current Node, as root. docs/operations/install.md says what it does.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from '../../scripts/lib/bootstrap-error.mjs';
import { attempt } from '../../scripts/lib/command.mjs';
import { ProcessLock } from '../../scripts/lib/lock.mjs';
import { cacheDir } from '../../scripts/lib/paths.mjs';
import { seconds, Steps } from '../../scripts/lib/steps.mjs';
import { Engine, NoEngineError } from './engine.ts';
import { Namespaces } from './namespaces.ts';
import { Project, withoutDigests } from './project.ts';
import { Smoke, WAYS_BACK } from './smoke.ts';
import { makeStandIns } from './stand-ins.ts';

/** Exit code for scripts: there is no container engine, so nothing was tested. */
const EXIT_NO_ENGINE = 77;

const steps = new Steps();
const cache = join(cacheDir(), 'compose-engine');
const dataDir = join(cache, 'data');

/** Networks and rules of this machine that an engine or this test makes. Other programs may change theirs meanwhile. */
async function engineTraces(): Promise<string> {
  const { output: links } = await attempt('ip', ['-o', 'link']);
  const { output: rules } = await attempt('nft', ['list', 'ruleset']);
  const traces = /docker|\bbr-[0-9a-f]{12}|\bcable\b/i;
  return `${links}\n${rules}`
    .split('\n')
    .filter((line) => traces.test(line))
    .map((line) => line.replace(/counter packets \d+ bytes \d+/, 'counter'))
    .join('\n');
}

/** The image that our own images begin from. */
function baseImage(): string {
  const [, image] = /^FROM (\S+) AS base$/m.exec(withoutDigests('Dockerfile')) ?? [];
  if (image === undefined) throw new Error('the Dockerfile has no stage "base"');
  return image;
}

async function build(): Promise<Project> {
  const engine = await Engine.start({ dataDir });
  try {
    await engine.clear();
    const project = await Project.create(engine, process.env.MEDIASOUP_WORKER_BIN ?? '');
    const images = [...new Set(project.upstreamImages.filter((image) => !image.startsWith('grafana/')))];
    steps.say('Grafana is left out: neither an image of it nor a Debian package is to be had here.');
    const inputs = { cacheDir: cache, consulPath: process.env.CONSUL_BIN ?? '', steps };
    await makeStandIns(engine, [baseImage(), ...images], inputs);
    await steps.run('Building the images of the services (some minutes the first time)', () =>
      project.compose('build'),
    );
    return project;
  } finally {
    await engine.stop();
  }
}

async function test(project: Project): Promise<void> {
  const namespaces = await Namespaces.create();
  let engine: Engine | undefined;
  try {
    engine = await Engine.start({ dataDir, namespace: namespaces.host });
    project.engine = engine;
    await runSteps(new Smoke(engine, project, namespaces));
  } finally {
    await takeAway(namespaces, engine);
  }
}

async function takeAway(namespaces: Namespaces, engine: Engine | undefined): Promise<void> {
  await engine?.clear().catch(() => {});
  await engine?.stop();
  const left = await namespaces.processes(namespaces.host);
  await namespaces.remove();
  if (left.length > 0) throw new Error(`The engine left processes behind: ${left.join(', ')}`);
}

async function runSteps(smoke: Smoke): Promise<void> {
  await steps.run('Without secrets it refuses to start', () => smoke.refusesToStartWithoutSecrets());
  await steps.run('With secrets every container becomes healthy', () => smoke.startsWithGeneratedSecrets());
  await steps.run('Every container is hardened', () => smoke.runsEachContainerHardened());
  await steps.run('Two people outside hear each other', () => smoke.carriesACallFromOutside());
  await steps.run('They hear each other through TURN alone', () => smoke.carriesARelayedCall());
  await steps.run('Prometheus gets an answer from every service', () => smoke.isWatched());
  await steps.run('Only the log viewer reads the logs', () => smoke.letsOnlyTheViewerReadLogs());
  await steps.run('A second signaling and a second media container take calls', () => smoke.scales());
  await steps.run('A backup brings back what was lost', () => smoke.bringsBack(WAYS_BACK.backup));
  await steps.run('So does an export', () => smoke.bringsBack(WAYS_BACK.export));
  await steps.run('From outside only published ports are open', () => smoke.showsOnlyPublishedPorts());
  await steps.run('"down -v" leaves nothing', () => smoke.leavesNothingBehind());
}

async function main(): Promise<void> {
  const startedAt = Date.now();
  const lock = await ProcessLock.acquire(`compose ${dataDir}`, (holder) =>
    steps.say(`Waiting for ${holder}, which uses the engine already.`),
  );
  const before = await engineTraces();
  const project = await build();
  try {
    await test(project);
  } finally {
    project.remove();
    lock.release();
  }
  if ((await engineTraces()) !== before)
    throw new Error("The engine changed this machine's networks or rules.");
  steps.say(`\nThe compose stack holds (${seconds(Date.now() - startedAt)}).`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

try {
  await main();
  process.exit(0);
} catch (error) {
  if (error instanceof NoEngineError) {
    process.stderr.write(`\nNothing was tested: ${error.message}.\n`);
    process.exit(EXIT_NO_ENGINE);
  }
  process.stderr.write(`\nThe compose stack does not hold: ${explain(error)}\n`);
  process.exit(1);
}

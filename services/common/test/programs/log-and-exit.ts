// Started by log-files.test.ts: logs into the folder that is given, and ends in the way that is given.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, LogFiles } from '@parley/common/logging';

const [directory = '', way = ''] = process.argv.slice(2);
const problems: unknown[] = [];
const files = new LogFiles({
  directory,
  service: 'media',
  fileBytesMax: 1_000_000,
  fileAgeMaxMs: 3_600_000,
  serviceBytesMax: 100_000_000,
  ageMaxMs: 3_600_000,
  retryDelayMs: 10,
  onProblem: (error) => problems.push(error),
});
const logger = createLogger({ service: 'media', files, destination: { write: () => undefined } });

if (way === 'full') await fillTheDisk();
else {
  for (let n = 0; n < 20_000; n += 1) {
    logger.info({ n }, 'line');
    if (n === 10_000) await new Promise((resolve) => setImmediate(resolve));
  }
  if (way === 'exit') process.exit(0);
  if (way === 'crash') {
    logger.fatal({ n: 0 }, 'crashed');
    process.exit(1);
  }
}

async function fillTheDisk(): Promise<void> {
  const ballast = join(directory, 'ballast');
  writeFileSync(ballast, Buffer.alloc(100_000));
  for (let n = 0; n < 2_000; n += 1) logger.info({ n }, 'line');
  while (problems.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  rmSync(ballast);
  logger.info('after');
  // The disk is still too small for all of it: make room by removing what is written, as an operator would.
  const deadline = Date.now() + 10_000;
  while (!read().includes('"msg":"after"') && Date.now() < deadline) {
    rmSync(join(directory, 'media'), { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await files.close();
  const complete = read()
    .split('\n')
    .filter((line) => line !== '');
  const torn = complete.filter((line) => !line.startsWith('{') || !line.endsWith('}')).length;
  const [problem] = problems;
  const code = problem instanceof Error && 'code' in problem ? problem.code : 'none';
  const goesOn = complete.some((line) => line.includes('"msg":"after"'));
  process.stdout.write(JSON.stringify({ problem: code, torn, goesOn }));
}

function read(): string {
  const folder = join(directory, 'media');
  try {
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
  } catch {
    return '';
  }
}

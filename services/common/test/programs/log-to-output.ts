// Started by logger.test.ts: logs to standard output, which cannot be written, and goes on until it has nothing left to do.
import { createLogger } from '@parley/common/logging';

const logger = createLogger({ service: 'media' });
for (let n = 0; n < 50_000; n += 1) logger.warn({ n, filler: 'x'.repeat(100) }, `line ${n % 1_000}`);
logger.fatal('the last line');
await new Promise((resolve) => setImmediate(resolve));
// Lines that wait for the disk must not fill the memory.
process.stderr.write(`${Math.round(process.memoryUsage().heapUsed / 1e6) < 100 ? 'goes on' : 'too large'}\n`);

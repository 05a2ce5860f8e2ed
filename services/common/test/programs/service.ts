import { z } from 'zod';
import { envSchema, readConfig } from '@parley/common/config';
import { runService } from '@parley/common/service';

/** A service whose conduct the test chooses: TEST_MODE says what goes wrong. */
const mode = process.env['TEST_MODE'] ?? 'works';

await runService(
  'test',
  async ({ env, logger, onStop }) => {
    const step = (name: string, stop: () => void | Promise<void> = () => undefined): void =>
      onStop(name, async () => {
        await stop();
        logger.info({ step: name }, 'step undone');
      });
    if (mode === 'misconfigured') readConfig(z.object({ A: envSchema.port(), B: envSchema.secret() }), env);
    step('first');
    step('second', () => {
      if (mode === 'failing stop') throw new Error('cannot stop');
    });
    if (mode === 'failing start') throw new Error('cannot start');
    if (mode === 'slow start') {
      logger.info('start is slow');
      await new Promise((resolve) => setTimeout(resolve, 300));
      step('third');
    }
    if (mode === 'hanging stop') step('hangs', () => new Promise(() => undefined));
    // What keeps a real service alive: its listening sockets.
    setInterval(() => undefined, 60_000);
    if (mode === 'throws later') setImmediate(() => explode());
    if (mode === 'rejects later') setImmediate(() => void Promise.reject(new Error('rejected later')));
  },
  { stopDeadlineMs: 1_500 },
);

function explode(): never {
  throw new Error('thrown later');
}

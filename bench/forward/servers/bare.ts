import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { freePorts } from '@parley/common/testing';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { ForwardingServer, mediaAddress, spawnServer } from './server.ts';

const START_TIMEOUT_MS = 30_000;

/** mediasoup with the same worker program, and nothing around it. */
export async function startBare(): Promise<ForwardingServer> {
  const rtc = await freePorts(2);
  const port = rtc + 1;
  const program = join(ROOT, 'bench', 'forward', 'bare', 'main.ts');
  const given = [mediaAddress(), String(rtc), String(port)];
  const flags = ['--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'];
  const child = spawnServer([process.execPath, ...flags, program, ...given], process.env, 'pipe');
  const server = new ForwardingServer(child, [String(port)]);
  try {
    if (child.stdout) await once(child.stdout, 'data', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseHostPort } from '@parley/common/config';

const PROBE_TIMEOUT_MS = 500;
const REFUSALS_NEEDED = 2;
const PAUSE_MS = 100;

/**
 * `refused`: the machine says that no process listens there. `open`: something accepts the connection; a process that is frozen still has its
 * port. `silent`: nothing answers, because the machine or the way to it is away.
 */
export type PortState = 'refused' | 'open' | 'silent';

/** Only two refusals in a row count. Never rejects. */
export async function probePort(address: string): Promise<PortState> {
  let state: PortState = 'silent';
  for (let refusals = 0; refusals < REFUSALS_NEEDED; refusals += 1) {
    if (refusals > 0) await pause(PAUSE_MS);
    state = await probeOnce(address);
    if (state !== 'refused') break;
  }
  return state;
}

function probeOnce(address: string): Promise<PortState> {
  const target = parseHostPort(address);
  if (target === undefined) return Promise.resolve('silent');
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port, timeout: PROBE_TIMEOUT_MS });
    const end = (state: PortState) => {
      resolve(state);
      socket.destroy();
    };
    socket.once('connect', () => end('open'));
    socket.once('timeout', () => end('silent'));
    socket.on('error', (error) =>
      end('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    );
  });
}

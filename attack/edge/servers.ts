import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Launcher } from '../../tests/harness/servers/launcher.ts';
import { NginxEdge } from '../../tests/harness/servers/nginx-edge.ts';
import type { Attack, Servers } from '../frame/attack.ts';

/** A small bound for the launcher's edge, so that few connections reach it. Those of nginx are the defaults. */
export const BOUNDS = { connections: 20, bodies: 100 };

/** `npm start`, and nginx before the same services. */
export type Edges = { launcher: Launcher; nginx: NginxEdge; logDir: string };

const SERVERS: Servers<Edges> = {
  async start() {
    const launcher = await Launcher.start({
      env: { EDGE_CONNECTIONS_PER_ADDRESS: String(BOUNDS.connections) },
    });
    const logDir = mkdtempSync(join(tmpdir(), 'parley-attack-'));
    try {
      const { ports } = launcher;
      const nginx = await NginxEdge.start({
        UI_ADDRESSES: `127.0.0.1:${ports.UI_PORT}`,
        GATEWAY_ADDRESSES: `127.0.0.1:${ports.GATEWAY_PORT}`,
        SIGNALING_ADDRESSES: `127.0.0.1:${ports.SIGNALING_PORT}`,
        LOG_DIR: logDir,
      });
      return { launcher, nginx, logDir };
    } catch (error) {
      await launcher.stop();
      throw error;
    }
  },
  async stop({ launcher, nginx, logDir }) {
    await nginx.stop();
    await launcher.stop();
    rmSync(logDir, { recursive: true, force: true });
  },
};

export function onEdges(attack: Omit<Attack<Edges>, 'servers'>): Attack<Edges> {
  return { ...attack, servers: SERVERS };
}

import { Launcher } from '../../tests/harness/servers/launcher.ts';
import type { Attack, Servers } from '../frame/attack.ts';

/** Small bounds for connections, so that few reach them. The other limits are the defaults. */
export const BOUNDS = { connections: 40, halfOpen: 10, roomPeers: 12, rooms: 20 };

const SERVERS: Servers<Launcher> = {
  start: () =>
    Launcher.start({
      env: {
        CONNECTIONS_PER_ADDRESS: String(BOUNDS.connections),
        HALF_OPEN_PER_ADDRESS: String(BOUNDS.halfOpen),
        // Attackers take what they need from REST. Its limits are attacked elsewhere.
        RATE_LIMIT_FACTOR: '0',
      },
    }),
  stop: (launcher) => launcher.stop(),
};

export function onSignaling(attack: Omit<Attack<Launcher>, 'servers'>): Attack<Launcher> {
  return { ...attack, servers: SERVERS };
}

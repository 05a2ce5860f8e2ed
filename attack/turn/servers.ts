import { randomBytes } from 'node:crypto';
import { Launcher } from '../../tests/harness/servers/launcher.ts';
import { TurnServer } from '../../tests/harness/servers/turn-server.ts';
import type { Attack, Servers } from '../frame/attack.ts';

export type TurnSystem = {
  readonly launcher: Launcher;
  readonly turn: TurnServer;
  readonly ports: Launcher['ports'];
};

/** A tenth of the defaults, because the server of the tests has few ports. */
export const TOTAL_QUOTA = 80;
export const USER_QUOTA = 5;

/** Parley with a TURN server beside it. */
const SERVERS: Servers<TurnSystem> = {
  async start() {
    const secret = randomBytes(24).toString('hex');
    const env = { TURN_USER_QUOTA: String(USER_QUOTA), TURN_TOTAL_QUOTA: String(TOTAL_QUOTA) };
    const turn = await TurnServer.start({ listenIp: '127.0.0.1', secret, env });
    try {
      const urls = `turn:127.0.0.1:${turn.port}?transport=udp`;
      const launcher = await Launcher.start({ env: { TURN_URLS: urls, TURN_SECRET: secret } });
      return { launcher, turn, ports: launcher.ports };
    } catch (error) {
      await turn.stop();
      throw error;
    }
  },
  async stop({ launcher, turn }) {
    await launcher.stop();
    await turn.stop();
  },
};

export function onTurn(attack: Omit<Attack<TurnSystem>, 'servers'>): Attack<TurnSystem> {
  return { ...attack, servers: SERVERS };
}

import { Launcher } from '../../tests/harness/servers/launcher.ts';
import type { Attack, Servers } from '../frame/attack.ts';

/** One system for all attacks on media, with the limits of its defaults. */
const SERVERS: Servers<Launcher> = {
  start: () => Launcher.start(),
  stop: (launcher) => launcher.stop(),
};

export function onMedia(attack: Omit<Attack<Launcher>, 'servers'>): Attack<Launcher> {
  return { ...attack, servers: SERVERS };
}

import type { Film } from '../../tests/harness/browser/film-camera.ts';
import { Launcher } from '../../tests/harness/servers/launcher.ts';
import type { Fault, Ground } from '../frame/fault.ts';
import { WatchedPeople } from '../frame/watched-people.ts';

const PEOPLE = 2;

/** Two people in real browsers in a call over what `npm start` runs. */
export type LaunchedCall = { readonly launcher: Launcher; readonly people: WatchedPeople };

export type LaunchedFault = Fault<LaunchedCall>;

export async function startLaunchedCall(
  env: Readonly<Record<string, string>> = {},
  film: Film | null = null,
): Promise<LaunchedCall> {
  const launcher = await Launcher.start({ env });
  try {
    return { launcher, people: await WatchedPeople.join(launcher.origin, PEOPLE, film) };
  } catch (error) {
    await launcher.kill();
    throw error;
  }
}

export async function stopLaunchedCall({ launcher, people }: LaunchedCall): Promise<void> {
  await people.close();
  await launcher.kill();
}

export const LAUNCHED: Ground<LaunchedCall> = {
  start: () => startLaunchedCall(),
  stop: stopLaunchedCall,
  afterwards: ({ people }) => people.afterwards(),
};

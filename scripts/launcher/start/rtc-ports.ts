import { LaunchError } from '../base/launch-error.ts';
import { isRtcPortFree } from '../base/ports.ts';
import type { RtcPlace } from '../services/parley-services.ts';

/** Throws a LaunchError when a port that media needs is not free. */
export async function checkRtcPorts({ portBase, workers, listenIps }: RtcPlace): Promise<void> {
  for (let port = portBase; port < portBase + workers; port += 1) {
    if (await isRtcPortFree(port, listenIps)) continue;
    throw new LaunchError(
      `Media port ${port} on ${listenIps.join(' and ')} is in use by another program or cannot be used. Choose others: MEDIA_RTC_PORT_BASE=41000 npm start`,
    );
  }
}

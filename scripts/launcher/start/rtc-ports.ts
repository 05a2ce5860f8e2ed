import { LaunchError } from '../base/launch-error.ts';
import { isTcpPortFree, isUdpPortFree } from '../base/ports.ts';
import type { RtcPlace } from '../services/parley-services.ts';

/** Throws a LaunchError when a port that media needs is not free. */
export async function checkRtcPorts({ portBase, workers, listenIp }: RtcPlace): Promise<void> {
  for (let port = portBase; port < portBase + workers; port += 1) {
    const isFree = (await isTcpPortFree(port, listenIp)) && (await isUdpPortFree(port, listenIp));
    if (isFree) continue;
    throw new LaunchError(
      `Media port ${port} on ${listenIp} is in use by another program or cannot be used. Choose others: MEDIA_RTC_PORT_BASE=41000 npm start`,
    );
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { atMost, mustBe } from '../../attack/frame/attack.ts';
import { isAlive } from '../../tests/harness/machine/processes.ts';
import { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import { CALL, type CallFault } from '../frame/faulty-call.ts';
import { secondsUntil } from '../frame/waiting.ts';

const KILLS_MAX = 6;
const RESPAWN_WITHIN_MS = 20_000;
const BACK_WITHIN_MS = 30_000;
/** F1 and F2 end the worker of the call. One more death in these 30 s, and the call would be the room that ends its workers. */
const FORGOTTEN_AFTER_MS = 31_000;

type Opened = { port?: number; refusal?: string };

/** The media port of the room, or why it does not open. The room stays: its guest only loses the socket. */
async function open(origin: string, code: string): Promise<Opened> {
  let peer: RawPeer | undefined;
  try {
    peer = await RawPeer.connect(origin, code, 'Mallory');
    const { transports } = await peer.join();
    return { port: transports.send.iceCandidates[0]?.port };
  } catch (error) {
    return { refusal: (error as Error).message };
  } finally {
    peer?.socket.disconnect();
  }
}

export const F3: CallFault = {
  name: 'F3',
  description: 'a room kills its worker, again and again',
  ground: CALL,
  run: async ({ system, people }) => {
    await pause(FORGOTTEN_AFTER_MS);
    const { code } = await callRoute(system.edge, 'createRoom', { body: {} });
    let kills = 0;
    let refusal = 'it opens';
    while (kills < KILLS_MAX) {
      const opened = await open(system.edge, code);
      if (opened.port === undefined) {
        refusal = opened.refusal ?? refusal;
        break;
      }
      const node = system.nodeOfPort(opened.port);
      const workers = system.workers(node).length;
      const worker = system.workerOfPort(opened.port);
      process.kill(worker.pid, 'SIGKILL');
      kills += 1;
      await secondsUntil(
        () => !isAlive(worker) && system.workers(node).length === workers,
        RESPAWN_WITHIN_MS,
      );
    }
    // An innocent room may have been on the worker when it died for the first time.
    await people.watch();
    await people.backAfter(BACK_WITHIN_MS);
    return [
      atMost('deaths, and new workers, until the room is refused', kills, 4),
      mustBe('how it is refused', /refused: (\w+)/.exec(refusal)?.[1] ?? refusal, 'room_quarantined'),
    ];
  },
};

import type { Duplex } from 'node:stream';
import { atMost, mustBe } from '../../attack/frame/attack.ts';
import { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { SIGNALING } from '../frame/faulty-stack.ts';
import { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { secondsUntil } from '../frame/waiting.ts';
import { CROWD, dismiss, type Crowd, type CrowdFault } from './crowd.ts';

const READERS = 20;
const DEAF = 3;
/** Nearly the longest text that a message may have, with three bytes for each sign. */
const LONG_TEXT = '€'.repeat(1_900);
/** As often as one person may write for long: a client that is refused asks again, which is more packets still. */
const SAID_A_SECOND = 2;
const MEGABYTE = 1_000_000;
/** The kernel takes some ten megabytes before anything waits in signaling. A client that answers no ping is gone as well, after 45 s. */
const UNTIL_CUT_MS = 120_000;

/** Reads nothing any more, as a computer that sleeps with an open connection. */
function deafen({ socket }: RawPeer): void {
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: Duplex } };
  ws._socket.pause();
}

function sockets({ system }: Crowd): Promise<number> {
  return system.sum(SIGNALING, 'parley_signaling_sockets');
}

/** Long messages of everybody, until `isOver` holds. Resolves with how many were accepted. */
async function talk(people: readonly LastingPeer[], isOver: () => boolean): Promise<number> {
  const said: Promise<boolean>[] = [];
  const timer = setInterval(() => {
    for (const one of people) said.push(one.say(`${said.length} ${LONG_TEXT}`, 30_000));
  }, 1_000 / SAID_A_SECOND);
  await secondsUntil(isOver, UNTIL_CUT_MS);
  clearInterval(timer);
  return (await Promise.all(said)).filter(Boolean).length;
}

export const F17: CrowdFault = {
  name: 'F17',
  description: 'three clients read nothing, while twenty others write long messages',
  ground: CROWD,
  run: async (crowd) => {
    const { system, quartet } = crowd;
    const code = await crowd.room();
    const people: LastingPeer[] = [];
    while (people.length < READERS)
      people.push(await LastingPeer.join(system.edge, code, `Reader ${people.length + 1}`));
    const deaf: RawPeer[] = [];
    while (deaf.length < DEAF) deaf.push(await RawPeer.join(system.edge, code, `Deaf ${deaf.length + 1}`));
    try {
      quartet.watch();
      const before = await sockets(crowd);
      const sizes = (): Promise<number> => system.sum(SIGNALING, 'process_resident_memory_bytes');
      const sizeBefore = await sizes();
      deaf.forEach(deafen);
      let cut = 0;
      const watching = setInterval(() => void sockets(crowd).then((now) => (cut = before - now)), 500);
      const accepted = await talk(people, () => cut >= DEAF);
      clearInterval(watching);
      const growth = (await sizes()) - sizeBefore;
      const complete = (): boolean => people.every(({ messages }) => messages.size >= accepted);
      await secondsUntil(complete, 10_000);
      const received = people.reduce((sum, { messages }) => sum + messages.size, 0);
      const missing = 100 * (1 - received / (accepted * people.length));
      return [
        mustBe('clients that read nothing and lost their socket', cut, DEAF),
        atMost(`messages that others lack, of ${accepted * people.length}`, missing, 5, '%'),
        mustBe(
          'others that lost their socket',
          people.filter(({ returnsMs }) => returnsMs.length > 0).length,
          0,
        ),
        atMost('growth of both instances of signaling', growth / MEGABYTE, 200, 'MB'),
        quartet.noGap(),
      ];
    } finally {
      deaf.forEach(({ socket }) => socket.close());
      await dismiss(people);
    }
  },
};

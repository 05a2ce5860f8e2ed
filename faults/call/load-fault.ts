import { atLeast, atMost, mustBe } from '../../attack/frame/attack.ts';
import { Microphone } from '../../tests/harness/peer/microphone.ts';
import { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import { CALL, PEERS_PER_WORKER, type CallFault, type FaultyCall } from '../frame/faulty-call.ts';
import { framesOf } from '../frame/page-frames.ts';
import { whileBroken } from '../frame/waiting.ts';

const LOOK_MS = 10_000;
const WORKERS = 4;
/** More than all workers take. */
const TRIED = PEERS_PER_WORKER * WORKERS + 10;
const ROOM_OF = 2;

/** Pictures that all pages together showed in ten seconds. */
async function pictures({ people }: FaultyCall): Promise<number> {
  const count = async (): Promise<number> =>
    (await Promise.all(people.pages.map(framesOf))).reduce((sum, frames) => sum + frames, 0);
  const before = await count();
  await whileBroken(LOOK_MS);
  return (await count()) - before;
}

type Attempt = { peer?: RawPeer; microphone?: Microphone; code: string; ms: number };

/** Somebody who speaks as soon as they are in. */
async function attempt(origin: string, code: string): Promise<Attempt> {
  const startedAt = performance.now();
  const took = (): number => performance.now() - startedAt;
  let peer: RawPeer | undefined;
  try {
    peer = await RawPeer.connect(origin, code, 'One more');
    await peer.join();
  } catch (error) {
    peer?.socket.close();
    // The door of REST, or that of the socket.
    const [, reason] = /(?:refused: |"code":")(\w+)/.exec((error as Error).message) ?? [];
    return { code: reason ?? String(error), ms: took() };
  }
  return { peer, microphone: await Microphone.open(peer), code: 'ok', ms: took() };
}

export const F16: CallFault = {
  name: 'F16',
  description: 'more people come, and speak, than the media nodes take',
  ground: CALL,
  run: async (call) => {
    const origin = call.system.edge;
    const usual = await pictures(call);
    const attempts: Attempt[] = [];
    let code = '';
    try {
      while (attempts.length < TRIED) {
        if (attempts.length % ROOM_OF === 0) ({ code } = await callRoute(origin, 'createRoom', { body: {} }));
        attempts.push(await attempt(origin, code));
      }
      call.others.watch();
      const loaded = await pictures(call);
      const refused = attempts.filter((one) => one.code !== 'ok');
      const reasons = [...new Set(refused.map((one) => one.code))].join(', ');
      return [
        atLeast('people that are refused', refused.length, 1),
        mustBe('how', reasons, 'at_capacity'),
        atMost('slowest refusal', Math.max(0, ...refused.map(({ ms }) => ms)) / 1_000, 1, 's'),
        atLeast('pictures of the call beside those before', Math.round((loaded / usual) * 100), 90, '%'),
        call.others.noGap(),
      ];
    } finally {
      for (const { peer, microphone } of attempts) {
        microphone?.close();
        peer?.socket.close();
      }
    }
  },
};

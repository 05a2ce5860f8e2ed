import { atMost, mustBe, type Finding } from '../../attack/frame/attack.ts';
import { MEDIA_NODES, SIGNALING } from '../frame/faulty-stack.ts';
import { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { secondsUntil, whileBroken } from '../frame/waiting.ts';
import { Chatter } from './chatter.ts';
import { CROWD, dismiss, knowEachOther, nobodyEvicted, type Crowd, type CrowdFault } from './crowd.ts';

const CHATTERS = 50;
/** More than the longest pause between two attempts, which is 5 s. */
const RETURN_WITHIN_MS = 15_000;
const GRACE_S = 20;
const SHORT_CUT_MS = 10_000;
const LONG_CUT_MS = 45_000;

const F8: CrowdFault = {
  name: 'F8',
  description: 'both instances of signaling are replaced one after the other, while fifty clients write',
  ground: CROWD,
  run: async (crowd) => {
    const people = await crowd.fillRoom(CHATTERS);
    crowd.quartet.watch();
    const chatter = new Chatter(people);
    try {
      await chatter.rounds(1);
      for (const name of SIGNALING) await crowd.system.killAndAwait(name, 'SIGTERM');
      await secondsUntil(() => people.every(({ present }) => present), RETURN_WITHIN_MS);
      await chatter.rounds(1);
      return [
        ...(await chatter.stop()),
        mustBe('people that are connected', people.filter(({ present }) => present).length, CHATTERS),
        ...nobodyEvicted(people),
        crowd.quartet.noGap(),
      ];
    } finally {
      await dismiss(people);
    }
  },
};

/** Away for less than the grace: the media goes on, and the missed message is there afterwards. */
async function shortCut({ quartet }: Crowd): Promise<Finding[]> {
  const { speaker, listener } = quartet;
  quartet.watch();
  const before = listener.messages.size;
  speaker.cut(SHORT_CUT_MS);
  listener.cut(SHORT_CUT_MS);
  await secondsUntil(() => !speaker.present, 5_000);
  const sent = await quartet.witness.say(`said during the cut ${Date.now()}`, SHORT_CUT_MS);
  await secondsUntil(() => speaker.present && listener.present, SHORT_CUT_MS + RETURN_WITHIN_MS);
  const slowest = Math.max(...[speaker, listener].map(({ returnsMs }) => returnsMs.at(-1) ?? Infinity));
  return [
    quartet.noGap(),
    mustBe('the message of meanwhile was accepted', sent, true),
    mustBe('messages of meanwhile after the return', listener.messages.size - before, 1),
    atMost('back after the network is', slowest / 1_000, 2, 's'),
    ...nobodyEvicted(quartet.peers),
  ];
}

/** Away for more than the grace: the others are notified once, and the place is free soon afterwards. */
async function longCut(crowd: Crowd): Promise<Finding[]> {
  const people = await crowd.fillRoom(3);
  const { system } = crowd;
  const media = await system.sum(MEDIA_NODES, 'parley_media_peers');
  const [gone, ...others] = people as [LastingPeer, ...LastingPeer[]];
  try {
    gone.cut(LONG_CUT_MS);
    const notified = await secondsUntil(
      () => others.every(({ departures }) => departures.length > 0),
      2 * GRACE_S * 1_000,
    );
    const isFree = async (): Promise<boolean> =>
      (await system.sum(MEDIA_NODES, 'parley_media_peers')) <= media - 1;
    const freed = notified + (await secondsUntil(isFree, 10_000));
    await whileBroken(LONG_CUT_MS - freed * 1_000 + RETURN_WITHIN_MS);
    const times = others.map(({ departures }) => departures.filter((id) => id === gone.peerId).length);
    return [
      atMost(`shown leaving after the end of the grace of ${GRACE_S} s`, notified - GRACE_S, 2, 's'),
      atMost('its place at the media node is free after the end of the grace', freed - GRACE_S, 2, 's'),
      mustBe('times that the others are notified', times.join(', '), '1, 1'),
      mustBe('what the client hears when it comes back', gone.end, 'resume_rejected'),
    ];
  } finally {
    await dismiss(people);
  }
}

const F9: CrowdFault = {
  name: 'F9',
  description: 'the sockets of two people are cut for 10 s, and that of another one for 45 s',
  ground: CROWD,
  run: async (crowd) => [...(await shortCut(crowd)), ...(await longCut(crowd))],
};

const F19: CrowdFault = {
  name: 'F19',
  description: 'fifty people come into one room in the same second, over both instances of signaling',
  ground: CROWD,
  run: async (crowd) => {
    const code = await crowd.room();
    crowd.quartet.watch();
    const tickets = await crowd.socketsFor(code, CHATTERS);
    const joinedAt = performance.now();
    const joins = tickets.map((peer, index) =>
      LastingPeer.enter(peer, crowd.system.edge, `Guest ${index + 1}`),
    );
    const outcomes = await Promise.allSettled(joins);
    const people = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const joinedS = (performance.now() - joinedAt) / 1_000;
    try {
      const knowS = joinedS + (await secondsUntil(() => knowEachOther(people), 10_000));
      return [
        mustBe('people that came in', people.length, CHATTERS),
        mustBe('everybody knows everybody', knowEachOther(people), true),
        atMost('everybody is in', joinedS, 5, 's'),
        atMost('everybody knows everybody after', knowS, 5, 's'),
        crowd.quartet.noGap(),
      ];
    } finally {
      await dismiss(people);
      for (const peer of tickets) peer.socket.close();
    }
  },
};

export const SIGNALING_FAULTS: readonly CrowdFault[] = [F8, F9, F19];

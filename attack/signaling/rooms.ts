import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@parley/common/testing';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { HonestPair } from '../frame/honest-pair.ts';
import { Visitor } from '../frame/visitor.ts';
import { BOUNDS, onSignaling } from './servers.ts';

const PER_SECOND = 20;
const CHAT_BURST = 2 * PER_SECOND;
const OTHER_BURST = 5 * PER_SECOND;
const CHAT_BYTES_PER_MINUTE = 1_000_000;

export const CROWD = onSignaling({
  name: 'crowd',
  description:
    'Forty guests of one room write, clap, raise hands and change names as fast as each of them may.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const witness = await new Visitor(system).createRoom().then((code) => new Visitor(system).join(code));
    const code = witness.joined.snapshot.room.code;
    const visitors = Array.from({ length: 4 }, () => new Visitor(system));
    const crowd: RawPeer[] = [];
    for (const visitor of visitors)
      for (let peers = 0; peers < 10; peers += 1) crowd.push(await visitor.join(code));
    const startedAt = performance.now();
    const text = 'x'.repeat(2_000);
    const until = scale === 'full' ? 15_000 : 0;
    do {
      await Promise.all(crowd.map((peer, index) => everything(peer, index, text)));
      await delay(until === 0 ? 0 : 200);
    } while (performance.now() - startedAt < until);
    const seconds = (performance.now() - startedAt) / 1_000;
    await witness.request('room:ping', {});
    const messages = witness.notifications<{ message: { text: string } }>('chat:received');
    const bytes = messages.reduce((sum, { message }) => sum + message.text.length, 0);
    const profiles = witness.notifications('peer:updated').length;
    const reactions = witness.notifications('peer:reacted').length;
    const bound = (burst: number) => Math.ceil(burst * 2 + PER_SECOND * seconds);
    for (const peer of [witness, ...crowd]) peer.socket.close();
    return [
      atLeast('people in the room', crowd.length, 40),
      atLeast('messages that one of them received', messages.length, CHAT_BURST / 2),
      atMost('and no more than the limit and a burst', messages.length, bound(CHAT_BURST)),
      atMost('bytes of them', bytes, Math.ceil(CHAT_BYTES_PER_MINUTE * (2 + seconds / 60))),
      atMost('changes of names and hands', profiles, bound(OTHER_BURST)),
      atMost('reactions', reactions, bound(OTHER_BURST)),
      mustBe('people of the room who lost their socket', lostOf([witness, ...crowd]), 0),
      ...(await honest.findings(scale)),
    ];
  },
});

async function everything(peer: RawPeer, index: number, text: string): Promise<void> {
  const chat = { clientMessageId: crypto.randomUUID(), toPeerId: null, text };
  const times = Array.from({ length: 5 });
  await Promise.all([
    peer.attempt('chat:send', chat),
    peer.attempt('chat:send', { ...chat, clientMessageId: crypto.randomUUID() }),
    ...times.map((_, turn) => peer.attempt('peer:set-hand', { raised: turn % 2 === 0 })),
    ...times.map((_, turn) => peer.attempt('peer:set-profile', { displayName: `Guest ${index} ${turn}` })),
    ...times.map(() => peer.attempt('peer:react', { reaction: 'clap' })),
  ]);
}

function lostOf(peers: readonly RawPeer[]): number {
  return peers.flatMap((peer) => peer.notifications('session:ended')).length;
}

export const ONE_ADDRESS = onSignaling({
  name: 'address',
  description: 'One address fills a room of others, and opens as many rooms as it can.',
  async run(system, scale): Promise<Finding[]> {
    const honest = await HonestPair.join(system);
    const attacker = new Visitor(system);
    const wanted = BOUNDS.roomPeers + 4;
    const tried = await Promise.allSettled(Array.from({ length: wanted }, () => attacker.join(honest.code)));
    const inRoom = tried.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const friend = await new Visitor(system).join(honest.code);
    for (const peer of inRoom) await peer.leave();
    const opener = new Visitor(system);
    const opened: RawPeer[] = [];
    const refusals: string[] = [];
    for (let rooms = 0; rooms < BOUNDS.rooms + (scale === 'full' ? 20 : 3); rooms += 1) {
      // More rooms than sockets: one visitor each, of one address.
      const peer = await opener.connect(await opener.createRoom()).catch(() => undefined);
      const outcome = await peer?.join().then(
        () => 'in',
        (error: Error) => error.message,
      );
      if (peer && outcome === 'in') opened.push(peer);
      else refusals.push(outcome ?? 'no socket');
    }
    const findings = [
      atMost(`of ${wanted} joins into one room from one address, let in`, inRoom.length, BOUNDS.roomPeers),
      atLeast('of them let in at all', inRoom.length, 1),
      mustBe('somebody else may join the room', friend.socket.connected, true),
      atMost('rooms that one address holds open', opened.length, BOUNDS.rooms),
      atLeast('of them open at all', opened.length, 1),
      atLeast('further rooms refused', refusals.length, 1),
    ];
    for (const peer of [friend, ...opened]) peer.socket.close();
    return [...findings, ...(await honest.findings(scale))];
  },
});

export const OLD_SECRET = onSignaling({
  name: 'secret',
  description: 'Somebody shows a resume secret that its owner has used up.',
  async run(system): Promise<Finding[]> {
    const owner = new Visitor(system);
    const peer = await owner.join(await owner.createRoom());
    const secrets = [peer.joined.snapshot.resumeSecret];
    let current = peer;
    for (let resumes = 0; resumes < 2; resumes += 1) {
      current = await owner.withSecret(secrets.at(-1) ?? '');
      const { snapshot } = await current.request('room:resume', { protocol: 1 });
      secrets.push(snapshot.resumeSecret);
    }
    const thief = new Visitor(system);
    const [used, former, newest] = secrets;
    const refusal = await refusalOf(thief, used);
    await waitFor(() => !current.socket.connected, { what: 'the peer to be ended' });
    const [ended] = current.notifications<{ reason: string }>('session:ended');
    return [
      mustBe('the one with the old secret gets', refusal, 'resume_rejected'),
      mustBe('the owner reads', ended?.reason, 'secret-reused'),
      mustBe('the secret before gives', await refusalOf(thief, former), 'resume_rejected'),
      mustBe('the newest secret gives', await refusalOf(thief, newest), 'resume_rejected'),
    ];
  },
});

async function refusalOf(visitor: Visitor, resumeSecret = ''): Promise<string> {
  return visitor.socket({ resumeSecret }).then(
    () => 'a place in the call',
    (error: Error & { data?: { code?: string } }) => error.data?.code ?? error.message,
  );
}

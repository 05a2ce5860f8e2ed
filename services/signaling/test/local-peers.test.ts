import { beforeEach, describe, expect, test } from '@jest/globals';
import { silentLogger } from '@parley/common/testing';
import { UNKNOWN_IDENTITY } from '@parley/proto/room';
import type { ClientLink } from '../src/peer/client-link.ts';
import { PeerSession } from '../src/peer/peer-session.ts';
import { LocalPeers, type Arriving } from '../src/room/local-peers.ts';
import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { livePeer, peerId, ROOM, session as sessionId } from './support/live-room-store-contract.ts';
import { NotingLink } from './support/noting-link.ts';

describe('the peers of a room on this instance', () => {
  let peers: LocalPeers;
  let emptied: number;

  const arrive = (name: string, network = 'network'): Arriving & { link: NotingLink } => {
    const arrival = {
      peerId: peerId(name),
      sessionId: sessionId(`${name}-1`),
      person: UNKNOWN_IDENTITY,
      network,
      link: new NotingLink(),
    };
    peers.addArrival(arrival);
    return arrival;
  };
  const enter = (name: string, link: ClientLink = new NotingLink(), id = `${name}-1`): PeerSession => {
    const session = new PeerSession({
      code: ROOM,
      peer: livePeer(name, { sessionId: sessionId(id) }),
      media: undefined,
      store: new MemoryLiveRoomStore(),
      link,
      resumeGraceMs: 10,
      logger: silentLogger,
    });
    peers.add(session);
    return session;
  };

  beforeEach(() => {
    peers = new LocalPeers();
    emptied = 0;
    peers.on('emptied', () => (emptied += 1));
  });

  test('are gone only with the last session and the last arrival', () => {
    const ada = arrive('ada');
    const session = enter('ada', ada.link);
    const bob = arrive('bob');
    peers.removeArrival(ada);
    peers.remove(session);
    expect(emptied).toBe(0);
    peers.removeArrival(bob);
    expect(emptied).toBe(1);
  });

  test('are here from the arrival on, which is a newcomer until it has a session', () => {
    const ada = arrive('ada');
    expect([peers.has(ada.peerId), peers.has(peerId('bob'))]).toEqual([true, false]);
    expect(peers.newcomers).toEqual([ada]);
    const session = enter('ada', ada.link);
    expect(peers.newcomers).toEqual([]);
    peers.removeArrival(ada);
    expect(peers.has(ada.peerId)).toBe(true);
    peers.remove(session);
    expect(peers.has(ada.peerId)).toBe(false);
  });

  test('are served as long as their socket is there, before and after they have a session', () => {
    const ada = arrive('ada');
    expect(peers.serves(ada.sessionId)).toBe(true);
    enter('ada', ada.link);
    expect(peers.serves(ada.sessionId)).toBe(true);
    ada.link.end('server-stopping');
    expect(peers.serves(ada.sessionId)).toBe(false);
    expect(peers.serves(sessionId('nobody'))).toBe(false);
  });

  test('on their way count against those of their network that came after them', () => {
    const [first, , third] = [arrive('ada'), arrive('bob', 'elsewhere'), arrive('cyd')];
    expect([peers.arrivalsBefore(first), peers.arrivalsBefore(third)]).toEqual([0, 1]);
    peers.removeArrival(first);
    expect(peers.arrivalsBefore(third)).toBe(0);
  });

  test('are all notified, except the one peer that is left out with every session of its own', () => {
    const links = [new NotingLink(), new NotingLink(), new NotingLink()];
    enter('ada', links[0]);
    enter('ada', links[1], 'ada-2');
    enter('bob', links[2]);
    expect(peers.sessionsOf(peerId('ada'))).toHaveLength(2);
    const left = { peerId: peerId('cyd'), reason: 'left' } as const;
    peers.notify('peer:left', left, { except: peerId('ada') });
    expect(links.map(({ names }) => names)).toEqual([[], [], ['peer:left']]);
    peers.notify('peer:left', left);
    expect(links.map(({ notified }) => notified.length)).toEqual([1, 1, 2]);
  });

  test('are forgotten with their room, which is not said to have become empty', () => {
    const ada = arrive('ada');
    enter('bob');
    peers.close();
    peers.close();
    peers.removeArrival(ada);
    expect([peers.sessions, peers.arrivals, emptied]).toEqual([[], [], 0]);
  });
});

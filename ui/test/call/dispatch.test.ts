import { NOTIFICATIONS } from '@parley/proto/requests';
import { describe, expect, test } from '@jest/globals';
import { dispatch } from '../../src/call/dispatch.ts';
import type { NotificationEvent } from '../../src/call/signaling/signaling-connection.ts';
import { consumerId, peer, peerId, producerId, room } from '../support/records.ts';

type Parts = Parameters<typeof dispatch>[1];

/** Records which method of which part is called, with what. */
function recorder(): { parts: Parts; calls: string[] } {
  const calls: string[] = [];
  const part = (name: string, values: object = {}): object =>
    new Proxy(values, {
      get: (target, key): unknown =>
        Reflect.get(target, key) ??
        ((...args: unknown[]) => {
          calls.push(`${name}.${String(key)} ${JSON.stringify(args)}`);
        }),
    });
  const parts = {
    room: part('room', { records: { selfId: 'me' }, nameOf: (id: string) => id.toUpperCase() }),
    media: part('media', { consumption: part('consumption'), restoration: part('restoration') }),
    chat: part('chat', { typists: part('chat.typists') }),
    reactions: part('reactions'),
    devices: part('devices'),
    leading: part('leading'),
    onAct: (act: unknown) => calls.push(`onAct ${JSON.stringify([act])}`),
    log: () => undefined,
  };
  return { parts: parts as unknown as Parts, calls };
}

function callsFor(event: NotificationEvent): string[] {
  const { parts, calls } = recorder();
  dispatch(event, parts);
  return calls;
}

const ann = peer('ann');
const speakers = { speakers: [], dominantPeerId: peerId('ann') };
const message = {
  messageId: 'm',
  clientMessageId: 'c',
  fromPeerId: 'ann',
  fromName: 'Ann',
  toPeerId: null,
  toName: null,
  text: 'hello',
  sentAt: 1,
};

const ROOM_EVENTS: NotificationEvent[] = [
  { name: 'room:updated', payload: { room: room() } },
  { name: 'peer:joined', payload: { peer: ann } },
  { name: 'peer:updated', payload: { peer: ann } },
  { name: 'peer:left', payload: { peerId: ann.peerId, reason: 'left' } },
  { name: 'peers:changed', payload: { peers: [ann], left: [] } },
] as NotificationEvent[];

const act = { kind: 'muted', byPeerId: 'ann', byName: 'Ann', at: 1 };

const OTHERS: [NotificationEvent, string[]][] = [
  [
    { name: 'act:done', payload: { act } } as unknown as NotificationEvent,
    [`onAct [${JSON.stringify(act)}]`],
  ],
  [
    { name: 'waiting:changed', payload: { version: 1, waiting: [] } },
    ['leading.handleWaiting [{"version":1,"waiting":[]}]'],
  ],
  [
    { name: 'door:changed', payload: { namesBeforeJoin: true } },
    ['room.applyDoor [{"namesBeforeJoin":true}]'],
  ],
  [{ name: 'lobby:changed', payload: { people: null } }, []],
  [{ name: 'door:admitted', payload: {} }, []],
  [{ name: 'door:denied', payload: { blocked: false } }, []],
  [
    { name: 'chat:cleared', payload: { byPeerId: ann.peerId, byName: 'Ann', clearedAt: 7 } },
    ['chat.handleCleared [{"byPeerId":"ann","byName":"Ann","clearedAt":7}]'],
  ],
  [
    { name: 'peer:reacted', payload: { peerId: ann.peerId, reaction: 'clap' } },
    ['reactions.show ["ann","ANN","clap"]'],
  ],
  [
    { name: 'speakers:changed', payload: speakers },
    [`room.applySpeakers [${JSON.stringify(speakers)}]`, 'consumption.speakersChanged []'],
  ],
  [
    { name: 'voices:changed', payload: { producerIds: [producerId('p1')] } },
    ['consumption.setForwarded [["p1"]]'],
  ],
  [
    { name: 'chat:received', payload: { message } } as unknown as NotificationEvent,
    [`chat.receive [${JSON.stringify(message)}]`],
  ],
  [
    { name: 'chat:changed', payload: { message } } as unknown as NotificationEvent,
    [`chat.receiveChange [${JSON.stringify(message)}]`],
  ],
  [
    { name: 'chat:typed', payload: { peerId: ann.peerId, toPeerId: null, typing: true } },
    ['chat.typists.handle [{"peerId":"ann","toPeerId":null,"typing":true}]'],
  ],
  [
    { name: 'consumer:closed', payload: { consumerId: consumerId('c1'), producerId: producerId('p1') } },
    ['consumption.handleClosed ["c1"]'],
  ],
  [
    {
      name: 'consumer:score-changed',
      payload: { consumerId: consumerId('c1'), score: 7, producerScore: 9 },
    },
    ['consumption.handleScore ["c1",7,9]'],
  ],
  [
    {
      name: 'consumer:layers-changed',
      payload: { consumerId: consumerId('c1'), spatialLayer: 1, temporalLayer: null },
    },
    ['consumption.handleLayers ["c1",1,null]'],
  ],
  [
    { name: 'producer:score-changed', payload: { producerId: producerId('p1'), scores: [8, 9] } },
    ['media.handleProducerScores ["p1",[8,9]]'],
  ],
  [
    {
      name: 'producer:layers-wanted',
      payload: { producerId: producerId('p1'), wanted: true, maxSpatialLayer: 2 },
    },
    ['media.handleLayersWanted ["p1",true,2]'],
  ],
  [{ name: 'media:reset', payload: { reason: 'worker-died' } }, ['restoration.handle ["media-gone"]']],
  [
    { name: 'ice-servers:renewed', payload: { iceServers: [{ urls: ['stun:stun.example'] }] } },
    ['media.renewIceServers [[{"urls":["stun:stun.example"]}]]'],
  ],
  [{ name: 'session:ended', payload: { reason: 'timed-out' } }, []],
];

describe('the dispatch of notifications', () => {
  test.each(ROOM_EVENTS.map((event) => [event.name, event] as const))(
    '%s changes the records, and what is received follows them',
    (_name, event) => {
      expect(callsFor(event)).toEqual([
        `room.apply [${JSON.stringify(event)}]`,
        'consumption.recordsChanged []',
      ]);
    },
  );

  test.each(OTHERS.map(([event, calls]) => [event.name, event, calls] as const))(
    '%s reaches the part that it is for, and no other',
    (_name, event, calls) => {
      expect(callsFor(event)).toEqual(calls);
    },
  );

  test('shows no reaction of one’s own a second time', () => {
    const payload = { peerId: peerId('me'), reaction: 'clap' } as const;
    expect(callsFor({ name: 'peer:reacted', payload })).toEqual([]);
  });

  test('knows every notification of the contract', () => {
    const tested = [...ROOM_EVENTS, ...OTHERS.map(([event]) => event)].map(({ name }) => name);
    expect(tested.toSorted()).toEqual(Object.keys(NOTIFICATIONS).toSorted());
  });

  test('tests with payloads that keep the contract', () => {
    for (const { name, payload } of [...ROOM_EVENTS, ...OTHERS.map(([event]) => event)])
      if (name !== 'chat:received' && name !== 'chat:changed')
        expect(NOTIFICATIONS[name].safeParse(payload).error).toBeUndefined();
  });
});

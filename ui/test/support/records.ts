import type { Picture } from '../../src/call/receive/picture.ts';
import { consumerIdSchema, peerIdSchema, producerIdSchema, roomCodeSchema } from '@parley/proto/ids';
import type { Snapshot } from '@parley/proto/requests';
import {
  DEFAULT_ROOM_SETTINGS,
  type PeerRecord,
  type ProducerRecord,
  type RoomRecord,
} from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';

export const ROOM_CODE = roomCodeSchema.parse('abcd-efgh-jkm');

export const peerId = (name: string) => peerIdSchema.parse(name);
export const producerId = (name: string) => producerIdSchema.parse(name);
export const consumerId = (name: string) => consumerIdSchema.parse(name);

export function producer(id: string, source: Source, paused = false): ProducerRecord {
  const kind = source === 'microphone' || source === 'screen-audio' ? 'audio' : 'video';
  return { producerId: producerId(id), source, kind, paused };
}

export function peer(id: string, change: Partial<PeerRecord> = {}): PeerRecord {
  return {
    peerId: peerId(id),
    version: 1,
    displayName: id.toUpperCase(),
    role: 'participant',
    joinedAt: 1000,
    connection: 'connected',
    handRaisedAt: null,
    producers: [],
    ...change,
  };
}

export function room(change: Partial<RoomRecord> = {}): RoomRecord {
  return { code: ROOM_CODE, version: 1, title: '', createdAt: 1, settings: DEFAULT_ROOM_SETTINGS, ...change };
}

export function snapshot(self: PeerRecord, peers: PeerRecord[], change: Partial<Snapshot> = {}): Snapshot {
  return {
    room: room(),
    self,
    peers,
    chat: [],
    iceServers: [],
    resumeSecret: 's'.repeat(40),
    ...change,
  };
}

/** A picture of this person's camera on the page. */
export function picture(name: string, change: Partial<Picture> = {}): Picture {
  return {
    peerId: peerId(name),
    source: 'camera',
    width: 640,
    height: 360,
    important: false,
    ...change,
  };
}

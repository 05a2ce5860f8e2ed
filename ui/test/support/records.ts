import {
  DEFAULT_ROOM_SETTINGS,
  consumerIdSchema,
  peerIdSchema,
  producerIdSchema,
  roomCodeSchema,
  type PeerRecord,
  type ProducerRecord,
  type RoomRecord,
  type Snapshot,
  type Source,
} from '@parley/proto';

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

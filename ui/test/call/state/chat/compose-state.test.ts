import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeviceState, ScreenShare } from '../../../../src/call/devices/device-state.ts';
import type { Quality } from '../../../../src/call/media/connection-quality.ts';
import type { CallState, Participant } from '../../../../src/call/state/call-state.ts';
import { composeState } from '../../../../src/call/state/chat/compose-state.ts';
import { RoomState } from '../../../../src/call/state/room-state.ts';
import { peer, peerId, producer, producerId, snapshot } from '../../../support/records.ts';
import { makeTrack } from '../../../support/tracks.ts';

type Parts = Parameters<typeof composeState>[0];
type Stream = {
  track: MediaStreamTrack;
  paused: boolean;
  score: number | null;
  producerScore: number | null;
};

const RELEASED: DeviceState = { status: 'released' };
const LIVE: DeviceState = { status: 'live', silenced: false };

let room: RoomState;
let streams: Map<ProducerId, Stream>;
type Device = { state: DeviceState; track: MediaStreamTrack | null };
let devices: Record<'microphone' | 'camera', Device> & { screen: Device & { share: ScreenShare | null } };
let restoring: boolean;
let silent: Set<ProducerId>;

beforeEach(() => {
  room = new RoomState(() => {});
  streams = new Map();
  restoring = false;
  silent = new Set();
  devices = {
    microphone: { state: RELEASED, track: null },
    camera: { state: RELEASED, track: null },
    screen: { state: RELEASED, track: null, share: null },
  };
});

afterEach(() => room.close());

function enter(others: PeerRecord[], self: Partial<PeerRecord> = {}): void {
  room.load(snapshot(peer('me', self), others));
}

function compose(previous: readonly Participant[] = [], signaling = true): Partial<CallState> {
  const parts = {
    room,
    devices: { ...devices, devices: 'the list' },
    media: {
      restoration: { isUnderWay: restoring, isSilent: (id: ProducerId) => silent.has(id) },
      shownOf: (id: PeerId, source: Source) => {
        const { producers = [] } = room.records.peers.get(id) ?? {};
        return streams.get(producers.find((one) => one.source === source)?.producerId ?? producerId('none'));
      },
      quality: (isThere: boolean): Quality => (isThere ? 4 : 0),
    },
    chat: {
      entries: ['an entry'],
      unread: 3,
      replyTo: null,
      typists: { list: ['a typist'] },
      files: { uploads: ['an upload'] },
    },
    reactions: { floating: ['a reaction'] },
  };
  return composeState(parts as unknown as Parts, previous, signaling);
}

const participant = (state: Partial<CallState>, id: string) =>
  state.participants!.find((candidate) => candidate.peerId === peerId(id))!;

function receive(id: string, change: Partial<Stream> = {}): MediaStreamTrack {
  const track = makeTrack('video');
  streams.set(producerId(id), { track, paused: false, score: null, producerScore: null, ...change });
  return track;
}

const bob = (paused = false) => peer('bob', { producers: [producer('bob-cam', 'camera', paused)] });

describe('the composed state', () => {
  test('takes each part from where it is kept', () => {
    enter([]);
    devices.screen.state = LIVE;
    devices.screen.share = { content: 'text', paused: true, hasSound: false };
    expect(compose()).toMatchObject({
      participants: [{ isSelf: true, screenPaused: true }],
      screenShare: { content: 'text', paused: true, hasSound: false },
      selfId: 'me',
      dominantPeerId: null,
      microphone: RELEASED,
      camera: RELEASED,
      screen: LIVE,
      devices: 'the list',
      chat: ['an entry'],
      typists: ['a typist'],
      chatReplyTo: null,
      chatUploads: ['an upload'],
      unreadChat: 3,
      reactions: ['a reaction'],
    });
  });

  test('shows somebody whose picture stands still as restoring, without bars', () => {
    enter([bob()]);
    receive('bob-cam', { score: 10, producerScore: 10 });
    expect(participant(compose(), 'bob')).toMatchObject({ restoring: false, quality: 4 });
    silent.add(producerId('bob-cam'));
    expect(participant(compose(), 'bob')).toMatchObject({ restoring: true, quality: 0 });
  });

  test('lets a picture be seen whose sound alone is missing, without bars', () => {
    enter([peer('bob', { producers: [producer('bob-cam', 'camera'), producer('bob-mic', 'microphone')] })]);
    silent.add(producerId('bob-mic'));
    expect(participant(compose(), 'bob')).toMatchObject({ restoring: false, quality: 0 });
  });

  test('shows oneself by one’s own devices, whatever the server believes', () => {
    enter([], { producers: [producer('my-mic', 'microphone')] });
    devices.camera = { state: LIVE, track: makeTrack('video') };
    expect(participant(compose(), 'me')).toMatchObject({
      isSelf: true,
      microphoneOn: false,
      cameraOn: true,
      cameraTrack: devices.camera.track,
    });
    devices.microphone.state = LIVE;
    expect(participant(compose(), 'me').microphoneOn).toBe(true);
  });

  test('shows the picture of another peer only while packets of it may come', () => {
    enter([bob()]);
    expect(participant(compose(), 'bob')).toMatchObject({ cameraOn: true, cameraTrack: null });
    const track = receive('bob-cam');
    expect(participant(compose(), 'bob').cameraTrack).toBe(track);
    receive('bob-cam', { paused: true });
    expect(participant(compose(), 'bob').cameraTrack).toBeNull();
    receive('bob-cam');
    enter([{ ...bob(true), version: 2 }]);
    expect(participant(compose(), 'bob')).toMatchObject({ cameraOn: false, cameraTrack: null });
  });

  test('rates another peer by the worst stream that flows, and as lost while the peer is away', () => {
    enter([bob()]);
    expect(participant(compose(), 'bob').quality).toBeNull();
    receive('bob-cam', { score: 10, producerScore: 5 });
    expect(participant(compose(), 'bob').quality).toBe(2);
    receive('bob-cam', { score: 10, producerScore: 5, paused: true });
    expect(participant(compose(), 'bob').quality).toBeNull();
    enter([{ ...bob(), version: 2, connection: 'reconnecting' }]);
    expect(participant(compose(), 'bob').quality).toBe(0);
  });

  test('rates oneself as lost while there is no signaling', () => {
    enter([]);
    expect(participant(compose([], true), 'me').quality).toBe(4);
    expect(participant(compose([], false), 'me').quality).toBe(0);
  });

  test('shows everybody as restoring while one’s own media is', () => {
    enter([bob()]);
    restoring = true;
    expect(compose().participants!.map((each) => each.restoring)).toEqual([true, true]);
  });

  test('keeps the objects of participants that did not change', () => {
    enter([bob(), peer('cid')]);
    const before = compose().participants!;
    expect(compose(before).participants).toBe(before);
    receive('bob-cam');
    const after = compose(before).participants!;
    expect(after.map((each, index) => each === before[index])).toEqual([true, false, true]);
  });
});

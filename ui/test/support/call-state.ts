import type { MessageId, PeerId, RoomCode } from '@parley/proto/ids';
import type { CallState, ChatEntry, Participant } from '../../src/call/state/call-state.ts';
import type { JoinChoice } from '../../src/call/devices/join-choice.ts';

export const peer = (name: string): PeerId => name as PeerId;

export function participant(name: string, changes: Partial<Participant> = {}): Participant {
  return {
    peerId: peer(name),
    isSelf: false,
    displayName: name,
    shownName: name,
    role: 'participant',
    joinedAt: 1,
    connection: 'connected',
    restoring: false,
    handRaisedAt: null,
    microphoneOn: true,
    cameraOn: true,
    screenOn: false,
    screenPaused: false,
    cameraTrack: null,
    screenTrack: null,
    speaking: false,
    quality: null,
    ...changes,
  };
}

export function callState(changes: Partial<CallState> = {}): CallState {
  return {
    phase: 'joined',
    error: null,
    roomCode: 'abcd-efgh-jkm' as RoomCode,
    traceId: null,
    selfId: peer('me'),
    crowd: null,
    gone: new Set(),
    participants: [participant('me', { isSelf: true })],
    dominantPeerId: null,
    microphone: { status: 'released' },
    camera: { status: 'released' },
    screen: { status: 'released' },
    screenShare: null,
    devices: {
      microphones: [],
      cameras: [],
      speakers: [],
      microphoneId: null,
      cameraId: null,
      speakerId: null,
    },
    chat: [],
    earlierChat: 'none',
    chatCleared: null,
    unreadChat: 0,
    chatReplyTo: null,
    typists: [],
    chatUploads: [],
    rename: { status: 'kept', value: 'me' },
    reactions: [],
    notices: [],
    joinedAt: 1,
    pictureMode: 'all',
    lastAct: null,
    permissions: [],
    waiting: [],
    door: { title: '', peopleInside: null, lost: false },
    roomSettings: null,
    ...changes,
  };
}

export function chatEntry(text: string, changes: Partial<ChatEntry> = {}): ChatEntry {
  return {
    messageId: text as MessageId,
    clientMessageId: text,
    fromPeerId: peer('ada'),
    fromName: 'ada',
    toPeerId: null,
    toName: null,
    text,
    sentAt: 0,
    own: false,
    delivery: 'sent',
    ...changes,
  };
}

export const CHOICE: JoinChoice = {
  displayName: 'Me',
  microphoneOn: true,
  cameraOn: true,
  microphoneId: 'm1',
  cameraId: 'c1',
  speakerId: null,
};

import type { PeerId, RoomCode, TraceId } from '@parley/proto/ids';
import type { Permission } from '@parley/proto/requests';
import type {
  Act,
  ChatMessage,
  ChatQuote,
  PeopleCounts,
  Reaction,
  Role,
  RoomSettings,
} from '@parley/proto/room';
import type { CallError } from '../base/call-failure.ts';
import type { DeviceName, DeviceState, DeviceList, ScreenShare } from '../devices/device-state.ts';
import type { DeviceNotice } from '../devices/device-notices.ts';
import type { PictureMode } from '../receive/picture-mode.ts';
import type { Quality } from '../media/connection-quality.ts';
import type { ChosenDevices } from '../devices/device-list.ts';
import { NO_DEVICES } from '../devices/device-list.ts';
import type { DesiredState } from './desired-value.ts';
import { NO_DOOR, type DoorState } from './door-watch.ts';
import type { KnockingPerson } from './leading.ts';

type CallPhase =
  /** `join` was not called yet. */
  | 'idle'
  | 'joining'
  /** The person is in the room with another device, and has to choose what becomes of that one. */
  | 'elsewhere'
  /** Before the door: a host has to admit the person. */
  | 'waiting'
  | 'joined'
  /** The socket is lost; media may still flow. */
  | 'reconnecting'
  /** The user left. */
  | 'left'
  /** The call ended with an error; see `error`. */
  | 'failed';

export type Participant = {
  peerId: PeerId;
  isSelf: boolean;
  displayName: string;
  /** The name with a number where somebody else in the call has the same one. */
  shownName: string;
  joinedAt: number;
  role: Role;
  connection: 'connected' | 'reconnecting';
  /**
   * The media of this participant is being restored, because its connection or the connection of this browser is lost,
   * or what should come of it has not come for two seconds.
   */
  restoring: boolean;
  handRaisedAt: number | null;
  /** False if the microphone is muted or there is none. */
  microphoneOn: boolean;
  cameraOn: boolean;
  screenOn: boolean;
  /** The screen is shared, but nothing of it is sent for now. */
  screenPaused: boolean;
  /**
   * The tracks of the pictures; null while a picture is not received. Those of the local participant: null while not
   * captured.
   */
  cameraTrack: MediaStreamTrack | null;
  screenTrack: MediaStreamTrack | null;
  speaking: boolean;
  quality: Quality;
};

/** A reaction floating over the call; the client drops it after some seconds. */
export type FloatingReaction = {
  id: string;
  peerId: PeerId;
  displayName: string;
  reaction: Reaction;
  at: number;
};

export type ChatEntry = ChatMessage & {
  own: boolean;
  /** For own messages: whether the server has the message. The user can send a failed message again. */
  delivery: 'sending' | 'sent' | 'failed';
};

/** Somebody who writes a message now, to everybody or only to this person. */
export type Typist = { peerId: PeerId; name: string; isPrivate: boolean };

/** A file on its way to the server. `progress` from 0 to 1. */
export type ChatUpload = {
  id: string;
  name: string;
  progress: number;
  failure: 'too-large' | 'too-many' | 'empty' | 'full' | 'failed' | null;
};

/** Somebody deleted all messages for everybody. `at` in milliseconds since the epoch. */
export type ChatCleared = { byName: string; own: boolean; at: number };

export type Notice = {
  id: string;
  /** The event. The page has the text. */
  kind:
    | DeviceNotice
    | 'network-poor'
    /** This computer does not keep up: the call does without some pictures, or sends a smaller one. */
    | 'computer-busy'
    | 'no-media'
    | 'reconnected'
    | 'media-restored'
    /** The browser plays sound only after a press. */
    | 'autoplay-blocked'
    /** The browser plays pictures only after a press, for example to save the battery. */
    | 'pictures-blocked'
    /** The server is full: not every picture is received. */
    | 'pictures-limited'
    | 'request-failed'
    /** Somebody who leads the call did something that concerns this person. */
    | 'act';
  error: CallError | null;
  /** The device that the notice is about, if it is about one. */
  device?: DeviceName | 'both';
  /** What was done, if the notice is about an act. */
  act?: Act;
  at: number;
};

/** What became of the last name that the person asked for. */
export type Rename = DesiredState<string>;

/** To whom a private message goes. The page may know the person from the list of a crowd alone: the name is the one that the person had when chosen. */
export type Recipient = { readonly peerId: PeerId; readonly name: string };

export type CallState = {
  phase: CallPhase;
  error: CallError | null;
  roomCode: RoomCode;
  traceId: TraceId | null;
  selfId: PeerId | null;
  /** The local participant first, then the others in the order of joining. Speech does not change the order. */
  participants: readonly Participant[];
  /** The number of all people, while `participants` has only a part of them; otherwise null. */
  crowd: PeopleCounts | null;
  /** The peers that left lately, also those that were never in `participants`. */
  gone: Pick<ReadonlySet<PeerId>, 'has'>;
  dominantPeerId: PeerId | null;
  microphone: DeviceState;
  camera: DeviceState;
  screen: DeviceState;
  /** What this browser shares of its screen; null while nothing. */
  screenShare: ScreenShare | null;
  devices: DeviceList;
  chat: readonly ChatEntry[];
  /** Whether the call has earlier messages than those in `chat`. */
  earlierChat: 'none' | 'some' | 'loading';
  /** The last clearing of the chat in this call. */
  chatCleared: ChatCleared | null;
  /** Number of messages that came since the person read the chat. */
  unreadChat: number;
  /** The message that the person replies to with the next one. */
  chatReplyTo: ChatQuote | null;
  typists: readonly Typist[];
  chatUploads: readonly ChatUpload[];
  rename: Rename;
  reactions: readonly FloatingReaction[];
  notices: readonly Notice[];
  /** By `performance.now`, because somebody may set the clock during a call; null before the join. */
  joinedAt: number | null;
  pictureMode: PictureMode;
  /** The last act that concerns this person. The page says with it who ended the call. */
  lastAct: Act | null;
  /** What the person may do now, by role and by the settings of the room. */
  permissions: readonly Permission[];
  /** The people who wait before the call, in the order of knocking; empty for those who may not admit. */
  waiting: readonly KnockingPerson[];
  /** What a person who waits knows of the room. */
  door: DoorState;
  /** null before the join. */
  roomSettings: RoomSettings | null;
};

export function initialState(
  roomCode: RoomCode,
  { displayName, ...chosen }: ChosenDevices & { displayName: string },
): CallState {
  return {
    phase: 'idle',
    error: null,
    roomCode,
    traceId: null,
    selfId: null,
    participants: [],
    crowd: null,
    gone: new Set(),
    dominantPeerId: null,
    microphone: { status: 'released' },
    camera: { status: 'released' },
    screen: { status: 'released' },
    screenShare: null,
    devices: { ...NO_DEVICES, ...chosen },
    chat: [],
    earlierChat: 'none',
    chatCleared: null,
    unreadChat: 0,
    chatReplyTo: null,
    typists: [],
    chatUploads: [],
    rename: { status: 'kept', value: displayName },
    reactions: [],
    notices: [],
    joinedAt: null,
    pictureMode: 'all',
    lastAct: null,
    permissions: [],
    waiting: [],
    door: NO_DOOR,
    roomSettings: null,
  };
}

/** While the page is away. If it is shown again, it goes on with the call at once. */
export function suspendedState(): Partial<CallState> {
  return { ...endedState(null), phase: 'joining' };
}

/** The changes when a call ends: no devices, no participants. Chat and notices stay readable. */
export function endedState(error: CallError | null): Partial<CallState> {
  return {
    phase: error === null ? 'left' : 'failed',
    error,
    participants: [],
    crowd: null,
    waiting: [],
    typists: [],
    chatUploads: [],
    dominantPeerId: null,
    reactions: [],
    microphone: { status: 'released' },
    camera: { status: 'released' },
    screen: { status: 'released' },
    screenShare: null,
  };
}

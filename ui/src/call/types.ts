import type { ChatMessage, ErrorCode, PeerId, Reaction, RoomCode, Source, TraceId } from '@parley/proto';

/*
 * What the call client shows to whoever draws it. Everything here is an immutable value: a changed part is a new
 * object, an unchanged part is the same object, so that React may compare by identity.
 */

export type CallPhase =
  /** Made, not asked to join yet. */
  | 'idle'
  | 'joining'
  | 'joined'
  /** The socket is lost; media may still flow. */
  | 'reconnecting'
  /** Left on purpose. */
  | 'left'
  /** Over for a reason the person must be told; see `error`. */
  | 'failed';

/** An error as the person gets it: words come from the code, the trace id goes beside them. */
export type CallError = {
  code: ErrorCode | ClientErrorCode;
  message: string;
  traceId: TraceId | null;
};

/** Errors that arise in the browser and never cross a wire. */
export type ClientErrorCode =
  | 'device_permission_denied'
  | 'device_not_found'
  | 'device_busy'
  | 'device_failed'
  | 'insecure_origin'
  | 'unsupported_browser'
  | 'network_unreachable'
  | 'screen_share_denied'
  | 'session_taken_over';

/**
 * A capture device of this browser, or why there is none. `released` means the hardware is free. `silenced`: it is open,
 * but the system or a switch on it lets nothing through.
 */
export type DeviceState =
  | { status: 'released' }
  | { status: 'starting' }
  | { status: 'live'; silenced?: boolean }
  | { status: 'failed'; error: CallError };

/** 4 is perfect, 1 is barely there, 0 is lost; null is not known yet. */
export type Quality = 0 | 1 | 2 | 3 | 4 | null;

export type Participant = {
  peerId: PeerId;
  isSelf: boolean;
  displayName: string;
  joinedAt: number;
  connection: 'connected' | 'reconnecting';
  /** What others see and hear of them is being brought back, because their connection is lost or our own. */
  restoring: boolean;
  handRaisedAt: number | null;
  /** False: muted, or no microphone at all. */
  microphoneOn: boolean;
  cameraOn: boolean;
  screenOn: boolean;
  /** Tracks to attach, present while the picture is being received (for oneself: captured). */
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
  /** Own messages: whether the server has it. A failed one can be sent again. */
  delivery: 'sending' | 'sent' | 'failed';
};

export type MediaDevices = {
  microphones: readonly MediaDeviceChoice[];
  cameras: readonly MediaDeviceChoice[];
  speakers: readonly MediaDeviceChoice[];
  microphoneId: string | null;
  cameraId: string | null;
  speakerId: string | null;
};
export type MediaDeviceChoice = { deviceId: string; label: string };

export type Notice = {
  id: string;
  /** What happened, for a toast; the UI has the words. */
  kind:
    | 'microphone-unplugged'
    | 'camera-unplugged'
    | 'microphone-silenced'
    | 'camera-silenced'
    | 'speaker-unplugged'
    | 'device-error'
    | 'screen-share-ended'
    | 'reconnected'
    | 'media-restored'
    | 'autoplay-blocked'
    | 'request-failed';
  error: CallError | null;
  at: number;
};

export type CallState = {
  phase: CallPhase;
  error: CallError | null;
  roomCode: RoomCode;
  traceId: TraceId | null;
  selfId: PeerId | null;
  /** Oneself first, then in the order of joining. Never reordered by speech. */
  participants: readonly Participant[];
  dominantPeerId: PeerId | null;
  microphone: DeviceState;
  camera: DeviceState;
  screen: DeviceState;
  devices: MediaDevices;
  chat: readonly ChatEntry[];
  /** Messages that came since `markChatRead()`. */
  unreadChat: number;
  reactions: readonly FloatingReaction[];
  notices: readonly Notice[];
  joinedAt: number | null;
};

/** One picture the UI shows now, in device pixels. What is not listed is not received. */
export type View = {
  peerId: PeerId;
  source: Extract<Source, 'camera' | 'screen'>;
  width: number;
  height: number;
  /** Pinned, dominant or enlarged pictures keep their quality longest when the downlink is short. */
  important: boolean;
};

/** What the pre-join page decided. Nothing is sent before `Call.join` gets it. */
export type JoinChoice = {
  displayName: string;
  microphoneOn: boolean;
  cameraOn: boolean;
  microphoneId: string | null;
  cameraId: string | null;
  speakerId: string | null;
  /** What the pre-join page captures already; see `PreviewClient.handOver`. Absent: the call opens the devices itself. */
  tracks?: CapturedTracks;
};

/** Live tracks that change their owner. Whoever gets them stops them. */
export type CapturedTracks = { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null };

/** One line of the statistics panel: a stream that is sent or received now. */
export type StreamStatistics = {
  id: string;
  peerId: PeerId;
  direction: 'sent' | 'received';
  source: Source;
  codec: string | null;
  /** Bits per second over the last interval. */
  bitrate: number | null;
  /** Share of packets lost over the last interval, 0 to 1. */
  loss: number | null;
  roundTripMs: number | null;
  jitterMs: number | null;
  width: number | null;
  height: number | null;
  framesPerSecond: number | null;
  /** For example "2 of 3" for spatial layers sent, or "s1 t2" for what is received. */
  layers: string | null;
};

export type CallStatistics = {
  at: number;
  /** The path media takes: local and remote candidate types and protocol. */
  path: { protocol: 'udp' | 'tcp' | null; local: string | null; remote: string | null };
  roundTripMs: number | null;
  availableOutgoingBitrate: number | null;
  streams: readonly StreamStatistics[];
};

/** The call client. Made per room page, framework-free; `ui/src/call/call.ts` implements it. */
export interface CallClient {
  /** Stable between changes, as useSyncExternalStore wants it. */
  getState(): CallState;
  subscribe(listener: () => void): () => void;

  join(choice: JoinChoice): Promise<void>;
  leave(): void;
  /** Synchronous, idempotent; frees every device. */
  close(): void;

  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  startScreenShare(): Promise<void>;
  stopScreenShare(): void;
  selectMicrophone(deviceId: string): Promise<void>;
  selectCamera(deviceId: string): Promise<void>;
  selectSpeaker(deviceId: string): Promise<void>;

  setViews(views: readonly View[]): void;
  /** A picture of somebody else is on the screen: ends the wait that is measured. */
  pictureShown(): void;
  setHand(raised: boolean): void;
  react(reaction: Reaction): void;
  rename(displayName: string): Promise<void>;
  sendChat(text: string, toPeerId: PeerId | null): void;
  retryChat(clientMessageId: string): void;
  markChatRead(): void;
  dismissNotice(id: string): void;
  /** Plays sound after the browser refused to without a gesture. */
  resumeAudio(): Promise<void>;
  getStatistics(): Promise<CallStatistics>;
}

export type PreviewState = {
  microphone: DeviceState;
  camera: DeviceState;
  cameraTrack: MediaStreamTrack | null;
  devices: MediaDevices;
  speakerTest: 'idle' | 'playing' | 'failed';
};

/** The pre-join page's devices; `createPreview()` in `ui/src/call/device-preview.ts` makes one. Sends nothing. */
export interface PreviewClient {
  getState(): PreviewState;
  subscribe(listener: () => void): () => void;

  /** These never reject: what went wrong is in the state. */
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  selectMicrophone(deviceId: string): Promise<void>;
  selectCamera(deviceId: string): Promise<void>;
  selectSpeaker(deviceId: string): Promise<void>;
  /** A short tone on the chosen speaker; resolves when it is over. */
  playTestTone(): Promise<void>;
  /** How loud the microphone is now, 0 to 1. Cheap: read it in each animation frame. */
  getMicrophoneLevel(): number;
  /** Gives the live tracks away for `JoinChoice.tracks` and closes the preview. */
  handOver(): CapturedTracks;
  /** Synchronous, idempotent; frees every device that was not handed over. */
  close(): void;
}

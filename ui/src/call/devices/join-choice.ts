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

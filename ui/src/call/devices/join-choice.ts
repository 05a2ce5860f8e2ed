/** The choices of the pre-join page. Nothing is sent before `Call.join`. */
export type JoinChoice = {
  displayName: string;
  /** What the person typed for a room that has one. */
  passcode?: string;
  microphoneOn: boolean;
  cameraOn: boolean;
  microphoneId: string | null;
  cameraId: string | null;
  speakerId: string | null;
  /**
   * Live tracks of the pre-join page, see `PreviewClient.handOver`. The call stops them. Absent: the call opens the
   * devices itself.
   */
  tracks?: CapturedTracks;
};

/** Live tracks that one object hands over to another. The receiver stops them. */
export type CapturedTracks = { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null };

/** A silent audio track. Creating it needs no permission of the user. */
export class SilentTrack {
  readonly track: MediaStreamTrack;
  readonly #context: AudioContext;

  static create(): SilentTrack {
    const context = new AudioContext();
    const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
    if (track === undefined) throw new Error('This browser makes no sound of its own');
    return new SilentTrack(context, track);
  }

  private constructor(context: AudioContext, track: MediaStreamTrack) {
    this.#context = context;
    this.track = track;
  }

  close(): void {
    this.track.stop();
    this.#context.close().catch(() => {});
  }
}

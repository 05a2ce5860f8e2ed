type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId' | 'label'>;

/**
 * Which device of the list a source has opened. Browsers list the default device under an id of its own, and after a
 * headset is plugged in that id means the headset, while the track still comes from the device that was opened.
 */
export class OpenedDevice {
  readonly #kind: MediaDeviceKind;
  #track: MediaStreamTrack | null = null;
  /** The entry of the list when the device was opened. */
  #entry: Listed | null = null;
  #infos: readonly Listed[] = [];

  constructor(kind: MediaDeviceKind) {
    this.#kind = kind;
  }

  /** The track of the last `compare` that had one. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /**
   * Returns whether the id of the opened device means another device now.
   * @param track The track in use; null: the device is off, or held open for a muted person.
   */
  compare(track: MediaStreamTrack | null, infos: readonly Listed[]): boolean {
    this.#infos = infos.filter(({ kind }) => kind === this.#kind);
    if (track !== null && track !== this.#track) {
      this.#track = track;
      this.#entry = this.#find(track.getSettings().deviceId);
      return false;
    }
    const before = this.#entry;
    const now = this.#find(before?.deviceId);
    if (before === null || now === null) return false;
    // A browser lists no labels before the person has allowed a device.
    if (before.label === '') this.#entry = now;
    return before.label !== '' && before.label !== now.label;
  }

  /** The id of the list that means the device of this track; null: the list does not have it. */
  idOf(track: MediaStreamTrack): string | null {
    const deviceId = track.getSettings().deviceId ?? null;
    const before = track === this.#track ? this.#entry : null;
    const now = this.#find(deviceId);
    if (before === null || now === null || before.label === now.label) return deviceId;
    return (
      this.#infos.find((info) => info.deviceId !== deviceId && info.groupId === before.groupId)?.deviceId ??
      null
    );
  }

  #find(deviceId: string | undefined | null): Listed | null {
    return this.#infos.find((info) => info.deviceId === deviceId) ?? null;
  }
}

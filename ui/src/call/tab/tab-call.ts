import type { RoomCode } from '@parley/proto/ids';
import { newUuid } from '../base/ids.ts';
import { TabClaim } from './tab-claim.ts';
import { tabRecord, type DevicesOn, type KeptCall } from './tab-record.ts';

type TakeClaim = (id: string) => Promise<TabClaim | null>;

/** What the call reports to be kept. Nothing is kept before all of it is known. */
export type Keeping = Omit<KeptCall, 'roomCode' | 'claimId'>;

/**
 * The call of this tab as it is kept for the page that is loaded next. It is kept only while this page has the claim, so that a tab that was
 * duplicated never goes on as the same peer.
 */
export class TabCall {
  readonly #roomCode: RoomCode;
  readonly #claimId: string;
  /** What the page before this one has left; null for a call that begins. */
  readonly left: KeptCall | null;
  #claim: TabClaim | null = null;
  #kept: Partial<Keeping>;
  #written = '';
  #devices: DevicesOn | null = null;
  #over = false;

  /** Whether this tab has a call in this room that may be gone on with. */
  static isKept(roomCode: RoomCode): boolean {
    return tabRecord.load().call?.roomCode === roomCode;
  }

  /** Keeps a call that begins. */
  static begin(roomCode: RoomCode, takeClaim: TakeClaim = (id) => TabClaim.begin(id)): TabCall {
    const claimId = newUuid();
    const tab = new TabCall(roomCode, claimId, null);
    void takeClaim(claimId).then((claim) => tab.#adopt(claim));
    return tab;
  }

  /**
   * Takes over the call that the page before this one has left. Resolves with null if there is none, or if another tab goes on with it: then
   * what is here is a copy, which is forgotten.
   */
  static async claim(
    roomCode: RoomCode,
    takeClaim: TakeClaim = (id) => TabClaim.take(id),
  ): Promise<TabCall | null> {
    const before = tabRecord.load().call;
    if (before?.roomCode !== roomCode) return null;
    const claim = await takeClaim(before.claimId);
    if (claim === null) {
      tabRecord.save({ call: null });
      return null;
    }
    // Read again: the page that has let go meanwhile may have a newer secret.
    const left = tabRecord.load().call;
    if (left?.claimId !== before.claimId) {
      claim.release();
      return null;
    }
    const tab = new TabCall(roomCode, left.claimId, left);
    tab.#adopt(claim);
    return tab;
  }

  private constructor(roomCode: RoomCode, claimId: string, left: KeptCall | null) {
    this.#roomCode = roomCode;
    this.#claimId = claimId;
    this.left = left;
    this.#kept = left ?? {};
  }

  /** Whether the next page of this tab can go on with the call. */
  get isKept(): boolean {
    return this.#claim !== null && !this.#over && this.#written !== '' && this.#isStored();
  }

  /** Keeps what changed. Cheap if nothing did. */
  keep(patch: Partial<Keeping>): void {
    this.#kept = { ...this.#kept, ...patch };
    this.#write();
  }

  /** This page goes away. The next one may go on with the call. */
  release(): void {
    this.#over = true;
    this.#claim?.release();
  }

  /** The call is over: nothing may go on with it. */
  forget(): void {
    if (this.#over) return;
    if (tabRecord.load().call?.claimId === this.#claimId) tabRecord.save({ call: null });
    this.release();
  }

  #adopt(claim: TabClaim | null): void {
    if (this.#over) claim?.release();
    else this.#claim = claim;
    this.#write();
  }

  #write(): void {
    if (this.#over) return;
    this.#writeDevices();
    if (this.#claim === null) return;
    const { resumeSecret, traceId, reportPass = null, reportMetrics = false, choice } = this.#kept;
    if (resumeSecret === undefined || traceId === undefined || choice === undefined) return;
    const call: KeptCall = {
      roomCode: this.#roomCode,
      claimId: this.#claimId,
      resumeSecret,
      traceId,
      reportPass,
      reportMetrics,
      choice,
    };
    const written = JSON.stringify(call);
    if (written === this.#written) return;
    this.#written = written;
    tabRecord.save({ call });
  }

  /** The page before the next call begins with them. */
  #writeDevices(): void {
    if (this.#kept.choice === undefined) return;
    const { microphoneOn, cameraOn } = this.#kept.choice;
    if (this.#devices?.microphoneOn === microphoneOn && this.#devices.cameraOn === cameraOn) return;
    this.#devices = { microphoneOn, cameraOn };
    tabRecord.save({ devices: this.#devices });
  }

  /** Browsers store nothing where that is blocked. */
  #isStored(): boolean {
    const stored = tabRecord.load().call;
    return stored?.claimId === this.#claimId && stored.resumeSecret === this.#kept.resumeSecret;
  }
}

import type { TraceId } from '@parley/proto/ids';
import type { Snapshot } from '@parley/proto/requests';
import { newTraceId } from './base/ids.ts';
import type { JoinChoice } from './devices/join-choice.ts';
import type { LocalMedia } from './devices/local-media.ts';
import type { LobbyPlace } from './signaling/lobby-place.ts';
import type { SignalingClientOptions } from './signaling/signaling-client-options.ts';
import type { CallState } from './state/call-state.ts';
import { keptChoice } from './state/kept-choice.ts';
import type { OwnValues } from './state/own-values.ts';
import type { RoomState } from './state/room-state.ts';
import { returnChoice } from './tab/return-choice.ts';
import type { TabCall } from './tab/tab-call.ts';
import type { KeptCall } from './tab/tab-record.ts';
import type { CallTelemetry } from './telemetry/call-telemetry.ts';
import { admitToPageLog } from './telemetry/page-log.ts';

/** The parts of the call that go on where the page before this one ended. */
type Parts = { devices: LocalMedia; own: OwnValues; room: RoomState; telemetry: CallTelemetry };

/** What a call keeps for the next page of its tab, and how it goes on with what the page before this one has left. */
export class CallKeeper {
  readonly traceId: TraceId;
  /** What the signaling client reports to be kept. */
  readonly listeners: Pick<SignalingClientOptions, 'resumeSecret' | 'onSecret' | 'onAdmitted'>;
  readonly #tab: TabCall | undefined;
  readonly #parts: () => Parts;
  #reportPass: string | null = null;
  /** What the page before this one has left, until this page has gone on with it. */
  #left: KeptCall | null;

  /** @param tab Absent: nothing is kept, and a page that goes away leaves. */
  constructor(tab: TabCall | undefined, parts: () => Parts, place: LobbyPlace | null) {
    this.#tab = tab;
    this.#parts = parts;
    this.#left = tab?.left ?? null;
    this.traceId = this.#left?.traceId ?? place?.traceId ?? newTraceId();
    this.listeners = {
      resumeSecret: this.#left?.resumeSecret ?? null,
      onSecret: (resumeSecret) => tab?.keep({ resumeSecret, traceId: this.traceId }),
      onAdmitted: (reportMetrics) => {
        const reportPass = place?.reportPass ?? null;
        if (this.#reportPass === null && reportPass !== null) this.admit(reportPass);
        parts().telemetry.admitted(reportMetrics);
        tab?.keep({ reportMetrics });
      },
    };
  }

  /** The permission to send log lines and reports of the quality; it comes with the join token. */
  get reportPass(): string | null {
    return this.#reportPass;
  }

  admit(reportPass: string): void {
    this.#reportPass = reportPass;
    admitToPageLog(this.traceId, reportPass);
    this.#tab?.keep({ reportPass });
  }

  /** The call begins. A page that returns opens its devices later: first it waits for what the server says of the microphone. */
  begin(choice: JoinChoice): void {
    const { telemetry, devices } = this.#parts();
    if (this.#left === null) {
      telemetry.joinPressed(choice);
      return devices.begin(choice);
    }
    const { reportPass, reportMetrics } = this.#left;
    if (reportPass !== null) this.admit(reportPass);
    telemetry.returning(choice);
    telemetry.admitted(reportMetrics);
  }

  /** The server has continued the peer. Before the snapshot is loaded. */
  resumed({ self }: Snapshot): void {
    if (this.#left !== null) this.#parts().own.adopt(self);
  }

  /**
   * Goes on with the call of the page before this one, after the snapshot is loaded. That page had what the peer sent, and knew what the person
   * wanted.
   */
  goOn(snapshot: Snapshot): void {
    const left = this.#left;
    if (left === null) return;
    this.#left = null;
    const { devices, room, telemetry } = this.#parts();
    telemetry.joined(snapshot);
    devices.begin(returnChoice(left.choice, snapshot.self, room.permissions));
  }

  /** Keeps the devices as they are now. */
  keep(state: CallState): void {
    if (isInRoom(state)) this.#tab?.keep({ choice: keptChoice(state, this.#parts().own.name.value) });
  }

  /** The page goes away. False if the next one cannot go on with the call. */
  suspend(state: CallState): boolean {
    if (this.#tab?.isKept !== true || !(isInRoom(state) || this.#left !== null)) return false;
    this.#tab.release();
    return true;
  }

  /** The call is over. */
  forget(): void {
    this.#tab?.forget();
  }
}

function isInRoom({ phase }: CallState): boolean {
  return phase === 'joined' || phase === 'reconnecting';
}

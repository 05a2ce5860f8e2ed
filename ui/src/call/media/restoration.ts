import type { ProducerId } from '@parley/proto/ids';
import type { RecoveryReport } from '@parley/proto/rest';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import type { ClientLog } from '../base/log.ts';
import type { RemoteStream } from '../receive/remote-stream.ts';
import type { SignalingClient } from '../signaling/signaling-client.ts';
import { FlowWatch, SILENT_MS, SUSPECT_MS, type ExpectedStream } from './flow-watch.ts';
import type { LadderEvent } from './ladder.ts';
import { MediaWatch } from './media-watch.ts';
import { Recovery } from './recovery.ts';
import type { Transports } from './transports.ts';

export type RestorationOptions = {
  transports: () => Transports | null;
  streams: () => Iterable<RemoteStream>;
  peers: () => readonly PeerRecord[];
  /** Whether something that this person sends is not under way yet. */
  isSendingSoon: () => boolean;
  signaling: () => Pick<SignalingClient, 'check' | 'joined'>;
  reopen: () => void;
  onChanged: () => void;
  /** New transports replaced lost ones, and what comes through them is complete. */
  onRestored: () => void;
  /** A step of the recovery is over. */
  onRecovery: (report: RecoveryReport) => void;
  /** Whether media has not got through for so long that the person should know why. */
  onBlocked: (blocked: boolean) => void;
  log: ClientLog;
};

/** A path on which the server answers for this long is whole, although no stream brings anything: the others send nothing. */
const PATH_PROVEN_MS = 3_000;

/** Notices when media does not get through, brings it back, and knows when it is back. */
export class Restoration {
  readonly #options: RestorationOptions;
  readonly #flow: FlowWatch;
  readonly #recovery: Recovery;
  readonly #watch: MediaWatch;
  /** The transports whose first packets can arrive. */
  #ready: Transports | null = null;
  /** New transports were opened, and the page has not said yet that sound and pictures are back. */
  #isToReport = false;
  /** What stands still, as it was shown last. */
  #silent: ReadonlySet<ProducerId> = new Set();
  #wasSilent = false;
  /** Since when it is known that the silence is that of the others. */
  #excusedAt: number | null = null;

  constructor(options: RestorationOptions) {
    this.#options = options;
    this.#flow = new FlowWatch({
      transport: () => options.transports()?.receive,
      expected: () => this.#expected,
      onRead: () => this.#handleFlow(),
      onWoke: () => void options.signaling().check(),
    });
    this.#recovery = new Recovery({
      checkSocket: () => options.signaling().check(),
      restartIce: async () => options.transports()?.restartIce(),
      reopen: () => {
        this.#isToReport = true;
        options.reopen();
      },
      flows: (since) => this.#flows(since),
      isLost: () => this.#isLost,
      onStep: options.onChanged,
      onReport: options.onRecovery,
      log: options.log,
    });
    this.#watch = new MediaWatch(options.onBlocked);
  }

  /** Whether new transports are being opened, or nothing comes. */
  get isUnderWay(): boolean {
    const { step } = this.#recovery;
    return step === 'reopen' || step === 'rejoin' || this.#isCutOff || this.#isSilent;
  }

  /** Whether everything gets through, as far as known. */
  get isSteady(): boolean {
    return this.#recovery.step === 'steady';
  }

  /** Whether the stream has brought something that can be shown or heard. */
  hasBegun({ producerId, source, track }: RemoteStream): boolean {
    return isSteady(source) ? this.#flow.hasBegun(producerId) : !track.muted;
  }

  /** Whether this stream has stood still for two seconds. */
  isSilent(producerId: ProducerId): boolean {
    return this.#silent.has(producerId);
  }

  handle(event: LadderEvent): void {
    this.#recovery.handle(event);
    this.#updateWatch();
  }

  /** New transports are in use. */
  begin(): void {
    this.#flow.start();
  }

  /** The first packets can arrive, or none are expected. */
  handleReady(transports: Transports): void {
    this.#ready = transports;
    this.#recovery.look();
  }

  handleConnection(): void {
    const states = this.#options.transports()?.begunStates ?? [];
    if (states.some((state) => state === 'disconnected' || state === 'failed')) this.handle('suspected');
    this.#recovery.look();
    this.#updateWatch();
    this.#options.onChanged();
  }

  close(): void {
    this.#recovery.close();
    this.#watch.close();
    this.#flow.close();
  }

  /** What should bring something now: what is received, what its owner sends, and of voices what the room forwards. A screen that nobody touches brings nothing. */
  get #expected(): ExpectedStream[] {
    const producers = this.#options.peers().flatMap((peer) => peer.producers);
    const sent = new Set(producers.filter(({ paused }) => !paused).map(({ producerId }) => producerId));
    return Array.from(this.#options.streams())
      .filter(({ paused, heldBack }) => !paused && !heldBack)
      .filter(({ producerId, source }) => sent.has(producerId) && isSteady(source))
      .map(({ producerId, consumer }) => ({
        id: producerId,
        mid: consumer.localId,
        isPicture: consumer.kind === 'video',
      }));
  }

  get #isCutOff(): boolean {
    const state = this.#options.transports()?.receive.connectionState;
    return state === 'disconnected' || state === 'failed';
  }

  get #silentMs(): number {
    if (this.#excusedAt !== null && !this.#flow.movedSince(this.#excusedAt)) return 0;
    this.#excusedAt = null;
    return this.#flow.silentMs;
  }

  get #isSilent(): boolean {
    return this.#silentMs >= SILENT_MS;
  }

  get #isLost(): boolean {
    return this.#isCutOff || this.#silentMs >= SUSPECT_MS;
  }

  #updateWatch(): void {
    const { transports, signaling } = this.#options;
    this.#watch.update(transports()?.begunStates ?? [], signaling().joined);
  }

  #flows(since: number): boolean {
    const transports = this.#options.transports();
    if (transports === null || this.#ready !== transports) return false;
    if (transports.begunStates.some((state) => state !== 'connected')) return false;
    if (this.#flow.movedSince(since)) return true;
    const now = performance.now();
    if (now - since < PATH_PROVEN_MS || !this.#flow.pathMovedSince(since)) return false;
    this.#excusedAt = now;
    return true;
  }

  #handleFlow(): void {
    if (this.#silentMs >= SUSPECT_MS) this.handle('suspected');
    this.#recovery.look();
    this.#reportRestored();
    this.#showSilent();
  }

  #showSilent(): void {
    const ids = Array.from(this.#options.streams(), ({ producerId }) => producerId);
    const silent = new Set(ids.filter((producerId) => this.#flow.isSilent(producerId)));
    const isSame = silent.size === this.#silent.size && [...silent].every((id) => this.#silent.has(id));
    if (isSame && this.#wasSilent === this.#isSilent) return;
    this.#silent = silent;
    this.#wasSilent = this.#isSilent;
    this.#options.onChanged();
  }

  /** Reports that media is back, but not before frames and packets come, also those of others who lost their media in the same moment. */
  #reportRestored(): void {
    if (!this.#isToReport || this.#recovery.step !== 'steady') return;
    const isAnyoneAway = this.#options.peers().some(({ connection }) => connection === 'reconnecting');
    if (isAnyoneAway || this.#options.isSendingSoon() || !this.#flow.isWhole) return;
    this.#isToReport = false;
    this.#options.onRestored();
  }
}

function isSteady(source: Source): boolean {
  return source === 'microphone' || source === 'camera';
}

import type { ProducerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';
import { producerIdSchema } from '@parley/proto/ids';
import type { types } from 'mediasoup-client';
import { backoffMs } from '../base/time/backoff.ts';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import type { ScreenContent } from '../screen/screen-content.ts';
import type { ScreenSink } from '../devices/track-sink.ts';
import { ScreenTuning } from './screen-tuning.ts';
import { cameraEncodings, sendSettings } from './encodings.ts';
import { SenderLayers } from './sender-layers.ts';

export type PublicationOptions = {
  source: Source;
  /** Whether the producer is paused or closed while there is no track. A screen that is not shared has no producer. */
  idle: 'pause' | 'close';
  request: (
    name: 'producer:pause' | 'producer:resume' | 'producer:close',
    input: { producerId: ProducerId },
  ) => Promise<unknown>;
  onChanged: () => void;
  onFailed: (failure: CallFailure) => void;
  log: ClientLog;
};

/** The `appData` of the transport's `produce` event. */
export type PublicationData = { source: Source; isPaused: () => boolean };

const RETRY_MS = 1000;
const RETRY_MAX = 5;

/**
 * Sends the track of one source to the room. `attach` and `detach` store what is wanted, and one loop brings the
 * producer and the server to that state. The last call wins, even if sockets or transports are lost meanwhile.
 */
export class Publication implements ScreenSink {
  readonly #options: PublicationOptions;
  #transport: types.Transport | null = null;
  #wanted: MediaStreamTrack | null = null;
  #withheld = false;
  readonly #tuning: ScreenTuning;
  #producer: types.Producer | null = null;
  /** The producer on a former transport, which is kept until the next one carries everything. */
  #former: types.Producer | null = null;
  #layers: SenderLayers | null = null;
  /** The highest layer that may be sent; null: any. */
  #layerLimit: number | null = null;
  /** The pause state that was last sent to the server; null if it is unknown and must be sent again. */
  #serverPaused: boolean | null = null;
  /** A producer of this source that only the server has, for example of a screen that ended while the socket was lost. */
  #stray: ProducerId | null = null;
  #isForbidden = false;
  #running = false;
  #dirty = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: PublicationOptions) {
    this.#options = options;
    this.#tuning = new ScreenTuning(options.log);
  }

  get source(): Source {
    return this.#options.source;
  }

  get producer(): types.Producer | null {
    return this.#producer;
  }

  /** Whether a track waits for its producer. */
  get isPending(): boolean {
    return this.#wanted !== null && this.#wanted.readyState === 'live' && this.#producer === null;
  }

  get layers(): SenderLayers | null {
    return this.#layers;
  }

  /** @param layer The highest layer that is sent from now on, also by the next producer; null: any. */
  limitLayer(layer: number | null): void {
    this.#layerLimit = layer;
    this.#layers?.limit(layer);
  }

  attach(track: MediaStreamTrack): void {
    this.#wanted = track;
    if (this.#isForbidden) this.#refuse();
    else this.#schedule();
  }

  detach(): void {
    this.#wanted = null;
    this.#withheld = false;
    this.#pauseNow();
    this.#endFormer();
    this.#schedule();
  }

  setPaused(paused: boolean): void {
    this.#withheld = paused;
    // A producer that is still being made cannot be paused, and sends its track meanwhile.
    if (this.#wanted !== null) this.#wanted.enabled = !paused;
    if (paused) this.#pauseNow();
    this.#schedule();
  }

  setContent(content: ScreenContent): void {
    this.#tuning.content = content;
    this.#schedule();
  }

  async countFrames(): Promise<number | null> {
    return this.#producer === null || this.#withheld ? null : this.#tuning.countFrames(this.#producer);
  }

  /** Uses another transport; null: there is none now. The producers of the old transport end with it. */
  setTransport(transport: types.Transport | null): void {
    this.#isForbidden = false;
    this.#former = this.#producer ?? this.#former;
    this.#dropProducer();
    this.#stray = null;
    this.#transport = transport;
    this.#schedule();
  }

  /** The person's role may send nothing: there is no transport until `setTransport`. The server says what it has ended; the rest fails here. */
  forbid(): void {
    const { isPending } = this;
    this.setTransport(null);
    this.#isForbidden = true;
    if (isPending) this.#refuse();
  }

  /** The former transport is closed: this one sends everything from now on. */
  formerEnded(): void {
    this.#former = null;
    this.#layers?.hold(false);
  }

  /**
   * Called after a resume: compares this publication with the server.
   * @param known The producer of this source on the server; null: there is none.
   */
  reconcile(known: { producerId: ProducerId; paused: boolean } | null): void {
    if (this.#producer !== null && known?.producerId !== this.#producer.id) {
      this.#producer.close();
      this.#dropProducer();
    }
    this.#stray = known?.producerId ?? null;
    this.#serverPaused = this.#producer === null ? null : (known?.paused ?? null);
    this.#schedule();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wanted = null;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#dropProducer();
    this.#transport = null;
  }

  /** What is sent now: nothing while the person has paused it. */
  get #sent(): MediaStreamTrack | null {
    return this.#withheld ? null : this.#wanted;
  }

  /** Pauses in the task of the press, because sound and picture must stop before any request reaches the server. */
  #pauseNow(): void {
    for (const producer of [this.#producer, this.#former])
      if (producer !== null && !producer.closed) producer.pause();
  }

  /** As a refusal by the server would, it comes after the task of the caller. */
  #refuse(): void {
    queueMicrotask(() => {
      if (this.#isForbidden && this.isPending) this.#options.onFailed(new CallFailure('forbidden'));
    });
  }

  /** While there is no next producer, nothing else notifies the server and the others that the former one sends no more. */
  #endFormer(): void {
    const former = this.#former;
    if (former === null || former.closed || this.#producer !== null) return;
    this.#former = null;
    const { request, log, source } = this.#options;
    request('producer:close', { producerId: producerIdSchema.parse(former.id) }).catch((error: unknown) =>
      log('info', 'former producer not ended', { source, code: asFailure(error).code }),
    );
  }

  #dropProducer(): void {
    this.#layers?.close();
    this.#layers = null;
    this.#producer = null;
    this.#serverPaused = null;
    this.#options.onChanged();
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#dirty = true;
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#dirty && !this.#closed) {
      this.#dirty = false;
      try {
        await this.#step();
      } catch (error) {
        this.#handleFailure(asFailure(error));
      }
    }
    this.#running = false;
  }

  /** The wanted track may change during each await. Each step reads it again, and `#dirty` runs all steps again. */
  async #step(): Promise<void> {
    const transport = this.#transport;
    if (transport === null || transport.closed) return;
    await this.#closeStray();
    if (this.#producer === null) {
      if (this.#wanted === null || this.#wanted.readyState === 'ended') return;
      await this.#produce(transport, this.#wanted);
    }
    const producer = this.#producer;
    if (producer === null || producer.closed) return;
    if (this.#wanted === null && this.#options.idle === 'close') return this.#end(producer);
    const track = this.#sent;
    if (producer.track !== track) await producer.replaceTrack({ track });
    const encodings = this.#cameraEncodings(track);
    if (encodings !== undefined) this.#layers?.fit(encodings);
    this.#applyPause(producer);
    await this.#tuning.apply(producer);
    await this.#sendPause(producer);
  }

  async #produce(transport: types.Transport, track: MediaStreamTrack): Promise<void> {
    const { source } = this.#options;
    let sentPaused = false;
    const encodings = this.#cameraEncodings(track);
    const producer = await transport.produce({
      track,
      ...this.#tuning.settings(sendSettings(source), track),
      ...(encodings && { encodings: structuredClone(encodings) }),
      // The source that captured the track stops it.
      stopTracks: false,
      // `isPaused` runs when the request is written. If the source was muted meanwhile, its first record is muted too.
      appData: { source, isPaused: () => (sentPaused = this.#sent === null) } satisfies PublicationData,
    });
    if (this.#closed || this.#transport !== transport) {
      producer.close();
      return;
    }
    this.#producer = producer;
    this.#serverPaused = sentPaused;
    this.#failures = 0;
    if (producer.kind === 'video') this.#layers = new SenderLayers(producer, this.#options.log, encodings);
    this.#layers?.hold(this.#former?.closed === false);
    this.#layers?.limit(this.#layerLimit);
    this.#options.onChanged();
  }

  #cameraEncodings(track: MediaStreamTrack | null): types.RtpEncodingParameters[] | undefined {
    if (this.#options.source !== 'camera' || track === null) return undefined;
    return cameraEncodings(track.getSettings());
  }

  /** Must not run while a producer is being created, because the stray producer may be that one. */
  async #closeStray(): Promise<void> {
    const producerId = this.#stray;
    this.#stray = null;
    if (producerId === null || producerId === this.#producer?.id) return;
    await this.#options.request('producer:close', { producerId }).catch((error: unknown) => {
      if (asFailure(error).code !== 'producer_not_found') throw error;
    });
  }

  #applyPause(producer: types.Producer): void {
    if (producer.closed) return;
    if (this.#sent === null) producer.pause();
    else if (producer.paused) producer.resume();
  }

  async #sendPause(producer: types.Producer): Promise<void> {
    const paused = this.#sent === null;
    if (this.#serverPaused === paused || producer.closed) return;
    this.#serverPaused = null;
    const producerId = producerIdSchema.parse(producer.id);
    await this.#options.request(paused ? 'producer:pause' : 'producer:resume', { producerId });
    this.#failures = 0;
    if (this.#producer === producer) this.#serverPaused = paused;
  }

  async #end(producer: types.Producer): Promise<void> {
    const producerId = producerIdSchema.parse(producer.id);
    producer.close();
    this.#dropProducer();
    await this.#options.request('producer:close', { producerId });
  }

  /**
   * After a lost socket, `reconcile` repairs the state, and after a lost transport, `setTransport` does. Other failures
   * that may pass are retried.
   */
  #handleFailure(failure: CallFailure): void {
    const { source, log, onFailed } = this.#options;
    if (this.#closed || this.#transport === null || this.#transport.closed) return;
    log('warn', 'publication failed', { source, code: failure.code, message: failure.message });
    if (failure.code === 'network_unreachable' || failure.code === 'closed' || failure.code === 'not_joined')
      return;
    if (failure.code === 'producer_not_found' && this.#producer !== null) {
      this.#producer.close();
      this.#dropProducer();
      this.#schedule();
      return;
    }
    this.#failures += 1;
    if (failure.retryable && this.#failures <= RETRY_MAX)
      this.#retry = setTimeout(() => this.#schedule(), backoffMs(this.#failures - 1, { firstMs: RETRY_MS }));
    else onFailed(failure);
  }
}

import { EventEmitter } from 'node:events';
import { withDeadline } from '@parley/common/async';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { media } from '@parley/proto/media-rpc';
import type { WantedLayers } from '../layers/wanted-layers.ts';
import type { CarriedProducer, PipeLink } from '../pipe/pipe-links.ts';
import type { PipeEnd, PipeParameters } from '../router/pipe-end.ts';
import type { ReceivedProducer } from '../router/received-producer.ts';
import type { PipeEndCause } from '../router/sent-producer.ts';
import type { SpeakersState } from '../router/speakers.ts';
import { asHomeError, homeCodeOf, parseCarried, parseLinkResponse, type LinkNews } from './link-messages.ts';

/** The stream of a link, as the node that opens it has it. `GrpcClientDuplex` of @parley/common implements it. */
export interface LinkCall {
  readonly closed: boolean;
  write(message: media.LinkRequestInput): void;
  close(): void;
  on(event: 'message', listener: (message: media.LinkResponse) => void): unknown;
  once(event: 'ended', listener: (error: ParleyError | undefined) => void): unknown;
}

export type LinkToHomeOptions = {
  call: LinkCall;
  /** The end of the link on this node. It belongs to the link. */
  end: PipeEnd;
  roomId: string;
  /** A router of the other node. */
  routerId: string;
  /** The layers of a picture that are wanted on this node. */
  wantedOf: (producerId: ProducerId) => WantedLayers;
};

type LinkToHomeEvents = {
  /** The home has closed it, or its process or the network is gone. The owner closes it. */
  ended: [];
  closed: [];
  /** A carried producer was closed at home. */
  dropped: [ProducerId];
  /** A producer that is carried, or is about to be, was paused or resumed at home. */
  'pause-changed': [ProducerId, boolean];
  'speakers-changed': [];
  'hand-changed': [PeerId, boolean];
};

/** How long the home may take for one answer. */
const ANSWER_TIMEOUT_MS = 5_000;
const NO_SPEAKERS: SpeakersState = { speakers: [], dominantPeerId: undefined };

/** A producer that the link carries, or was asked to. */
type Carrying = {
  readonly answered: PromiseWithResolvers<media.LinkCarried>;
  received: ReceivedProducer | undefined;
  paused: boolean;
  running: boolean;
  /** Why it is not carried. */
  refused: ErrorCode | undefined;
};

/** The end of a link at the node that consumes: it asks the home for producers, and receives them. */
export class LinkToHome extends EventEmitter<LinkToHomeEvents> implements PipeLink {
  readonly #call: LinkCall;
  readonly #end: PipeEnd;
  readonly #wantedOf: LinkToHomeOptions['wantedOf'];
  readonly #carrying = new Map<ProducerId, Carrying>();
  readonly #opened = Promise.withResolvers<PipeParameters>();
  #speakers: SpeakersState = NO_SPEAKERS;
  #closed = false;

  /** Rejects as the home does. Whatever happens, `call` and `end` belong to the link. */
  static async create(options: LinkToHomeOptions): Promise<LinkToHome> {
    const link = new LinkToHome(options);
    const { roomId, routerId, end, call } = options;
    try {
      call.write({ open: { roomId, routerId, pipe: end.parameters } });
      await end.connect(await inTime(link.#opened.promise));
      if (link.#closed || call.closed) throw new ParleyError('media_unavailable');
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  private constructor({ call, end, wantedOf }: LinkToHomeOptions) {
    super();
    this.#call = call;
    this.#end = end;
    this.#wantedOf = wantedOf;
    // An answer that nobody waits for any more must not end the process.
    this.#opened.promise.catch(() => undefined);
    call.on('message', (message) => this.#handle(message));
    call.once('ended', (error) => this.#handleEnded(error));
    end.once('closed', () => this.#handleEnded(undefined));
  }

  get speakers(): SpeakersState {
    return this.#speakers;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refuseAll(new ParleyError('media_unavailable'));
    this.#call.close();
    this.#end.close();
    this.emit('closed');
    this.removeAllListeners();
  }

  /** Rejects with `producer_not_found`, `at_capacity` or `media_unavailable`. */
  async carry(producerId: ProducerId): Promise<CarriedProducer> {
    if (this.#closed || this.#call.closed || this.#end.closed) throw new ParleyError('media_unavailable');
    if (this.#carrying.has(producerId)) throw new ParleyError('conflict');
    const carrying: Carrying = {
      answered: Promise.withResolvers(),
      received: undefined,
      paused: false,
      running: true,
      refused: undefined,
    };
    this.#carrying.set(producerId, carrying);
    try {
      this.#call.write({ carry: { producerId } });
      await this.#receive(producerId, carrying, await inTime(carrying.answered.promise));
    } catch (error) {
      this.#drop(producerId, carrying);
      throw asHomeError(error);
    }
    this.#demand(producerId, carrying);
    return {
      setRunning: (running) => {
        carrying.running = running;
        this.#demand(producerId, carrying);
      },
      close: (cause) => this.#close(producerId, carrying, cause),
    };
  }

  /** Call it when other layers are wanted on this node. */
  wantedChanged(producerId: ProducerId): void {
    const carrying = this.#carrying.get(producerId);
    if (carrying?.received !== undefined) this.#demand(producerId, carrying);
  }

  async #receive(producerId: ProducerId, carrying: Carrying, answer: media.LinkCarried): Promise<void> {
    const stream = { id: producerId, paused: carrying.paused, ...parseCarried(answer) };
    const received = await this.#end.receive(stream);
    if (carrying.refused !== undefined) {
      received.close('producer-closed');
      throw new ParleyError(carrying.refused);
    }
    received.setPaused(carrying.paused);
    carrying.received = received;
  }

  #demand(producerId: ProducerId, { running }: Carrying): void {
    if (this.#closed) return;
    this.#call.write({ demand: { producerId, running, ...this.#wantedOf(producerId) } });
  }

  #close(producerId: ProducerId, carrying: Carrying, cause: PipeEndCause): void {
    carrying.received?.close(this.#closed ? 'link-closed' : cause);
    this.#drop(producerId, carrying);
  }

  /** Gives the producer back, unless the home has dropped it. */
  #drop(producerId: ProducerId, carrying: Carrying): void {
    if (this.#carrying.get(producerId) !== carrying) return;
    this.#carrying.delete(producerId);
    if (!this.#closed) this.#call.write({ drop: { producerId } });
  }

  #handle(message: media.LinkResponse): void {
    if (this.#closed) return;
    try {
      this.#handleNews(parseLinkResponse(message), message);
    } catch (error) {
      // A home that cannot be understood is as good as none.
      this.#handleEnded(error instanceof ParleyError ? error : undefined);
    }
  }

  #handleNews(
    { opened, carried, dropped, paused, speakers, hand }: LinkNews,
    message: media.LinkResponse,
  ): void {
    if (opened) this.#opened.resolve(opened.pipe);
    if (carried && message.carried) this.#handleCarried(carried.producerId, carried.paused, message.carried);
    if (dropped) this.#handleDropped(dropped.producerId, homeCodeOf(dropped.code));
    if (paused) this.#handlePaused(paused.producerId, paused.paused);
    if (speakers) {
      this.#speakers = { ...speakers, dominantPeerId: speakers.dominantPeerId ?? undefined };
      this.emit('speakers-changed');
    }
    if (hand) this.emit('hand-changed', hand.peerId, hand.raised);
  }

  #handleCarried(producerId: ProducerId, paused: boolean, message: media.LinkCarried): void {
    const carrying = this.#carrying.get(producerId);
    if (carrying === undefined) return;
    carrying.paused = paused;
    carrying.answered.resolve(message);
    this.emit('pause-changed', producerId, paused);
  }

  #handleDropped(producerId: ProducerId, code: ErrorCode): void {
    const carrying = this.#carrying.get(producerId);
    if (carrying === undefined) return;
    this.#carrying.delete(producerId);
    carrying.refused = code;
    carrying.answered.reject(new ParleyError(code));
    if (carrying.received !== undefined) this.emit('dropped', producerId);
  }

  #handlePaused(producerId: ProducerId, paused: boolean): void {
    const carrying = this.#carrying.get(producerId);
    if (carrying === undefined) return;
    carrying.paused = paused;
    // First who chooses voices, so that nobody receives more than the room forwards.
    this.emit('pause-changed', producerId, paused);
    carrying.received?.setPaused(paused);
  }

  #handleEnded(error: ParleyError | undefined): void {
    if (this.#closed) return;
    this.#refuseAll(error ?? new ParleyError('media_unavailable'));
    this.emit('ended');
  }

  #refuseAll(error: ParleyError): void {
    this.#opened.reject(error);
    for (const { answered } of this.#carrying.values()) answered.reject(error);
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  return withDeadline(answer, ANSWER_TIMEOUT_MS);
}

import { EventEmitter } from 'node:events';
import { withDeadline } from '@parley/common/async';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { media } from '@parley/proto/media-rpc';
import type { WantedLayers } from '../layers/wanted-layers.ts';
import type { CarriedProducer, PipeLink } from '../pipe/pipe-links.ts';
import type { PipeEnd, PipeParameters } from '../router/pipe-end.ts';
import type { ReceivedProducer } from '../router/received-producer.ts';
import type { PipeEndCause } from '../router/sent-producer.ts';
import type { Hearing } from './heard-routers.ts';
import { asHomeError, homeCodeOf, parseCarried, parseLinkResponse, type LinkNews } from './link-messages.ts';
import type { OwnVoices } from './own-voices.ts';
import { RouterReport, type ReportedRouter } from './router-report.ts';

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
  /** The router of this node. */
  router: ReportedRouter;
  voices: OwnVoices;
  /** Belongs to the link. */
  hearing: Hearing;
  /** The layers of a picture that are wanted on this node. */
  wantedOf: (producerId: ProducerId) => WantedLayers;
};

type LinkToHomeEvents = {
  /** The home has closed it, or its process or the network is gone. The owner closes it. */
  ended: [];
  closed: [];
  /** A carried producer was closed at home. */
  dropped: [ProducerId];
};

/** How long the home may take for one answer. */
const ANSWER_TIMEOUT_MS = 5_000;

/** A producer that the link carries, or was asked to. */
type Carrying = {
  /** That of the request. */
  readonly number: number;
  readonly answered: PromiseWithResolvers<media.LinkCarried>;
  received: ReceivedProducer | undefined;
  paused: boolean;
  running: boolean;
  /** Why it is not carried. */
  refused: ErrorCode | undefined;
  /** As the home knows it. */
  demanded: Demand | undefined;
};

type Demand = WantedLayers & { running: boolean };

/** The end of a link at the node that consumes: it asks the home for producers, and receives them. */
export class LinkToHome extends EventEmitter<LinkToHomeEvents> implements PipeLink {
  readonly #call: LinkCall;
  readonly #end: PipeEnd;
  readonly #wantedOf: LinkToHomeOptions['wantedOf'];
  readonly #carrying = new Map<ProducerId, Carrying>();
  readonly #hearing: Hearing;
  readonly #opened = Promise.withResolvers<PipeParameters>();
  #report: RouterReport | undefined;
  #lastNumber = 0;
  #ended = false;
  #closed = false;

  /** Rejects as the home does. Whatever happens, `call` and `end` belong to the link. */
  static async create(options: LinkToHomeOptions): Promise<LinkToHome> {
    const link = new LinkToHome(options);
    const { roomId, routerId, router, voices, end, call } = options;
    try {
      const callerRouterId = router.id;
      call.write({ open: { roomId, routerId, callerRouterId, pipe: end.parameters } });
      await end.connect(await inTime(link.#opened.promise));
      if (link.#closed || link.#ended) throw new ParleyError('media_unavailable');
      link.#report = new RouterReport(router, voices, (message) => call.write(message));
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  private constructor({ call, end, hearing, wantedOf }: LinkToHomeOptions) {
    super();
    this.#call = call;
    this.#end = end;
    this.#hearing = hearing;
    this.#wantedOf = wantedOf;
    // An answer that nobody waits for any more must not end the process.
    this.#opened.promise.catch(() => undefined);
    call.on('message', (message) => this.#handle(message));
    call.once('ended', (error) => this.#handleEnded(error));
    end.once('closed', () => this.#handleEnded(undefined));
  }

  /** Whether it has said so, or has ended before anybody listened. */
  get ended(): boolean {
    return this.#ended;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refuseAll(new ParleyError('media_unavailable'));
    this.#report?.close();
    this.#call.close();
    this.#end.close();
    this.#hearing.close();
    this.emit('closed');
    this.removeAllListeners();
  }

  /** Rejects with `producer_not_found`, `at_capacity` or `media_unavailable`. */
  async carry(producerId: ProducerId): Promise<CarriedProducer> {
    if (this.#closed || this.#ended) throw new ParleyError('media_unavailable');
    if (this.#carrying.has(producerId)) throw new ParleyError('conflict');
    const carrying: Carrying = {
      number: (this.#lastNumber += 1),
      answered: Promise.withResolvers(),
      received: undefined,
      paused: false,
      running: true,
      refused: undefined,
      demanded: undefined,
    };
    this.#carrying.set(producerId, carrying);
    try {
      this.#call.write({ carry: { producerId, number: carrying.number } });
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

  #demand(producerId: ProducerId, carrying: Carrying): void {
    if (this.#closed) return;
    const demand: Demand = { running: carrying.running, ...this.#wantedOf(producerId) };
    if (carrying.demanded !== undefined && isSame(carrying.demanded, demand)) return;
    carrying.demanded = demand;
    this.#call.write({ demand: { producerId, ...demand } });
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
    { opened, carried, dropped, paused, speakers, voices }: LinkNews,
    message: media.LinkResponse,
  ): void {
    if (opened) this.#opened.resolve(opened.pipe);
    if (carried && message.carried) this.#handleCarried(carried, message.carried);
    if (dropped) this.#handleDropped(dropped);
    if (paused) this.#handlePaused(paused.producerId, paused.paused);
    if (speakers) this.#hearing.setSpeakers(speakers);
    if (voices) this.#hearing.setVoices(voices.voices);
  }

  #handleCarried(carried: NonNullable<LinkNews['carried']>, message: media.LinkCarried): void {
    const carrying = this.#find(carried);
    if (carrying === undefined) return;
    carrying.paused = carried.paused;
    carrying.answered.resolve(message);
  }

  #handleDropped(dropped: NonNullable<LinkNews['dropped']>): void {
    const carrying = this.#find(dropped);
    if (carrying === undefined) return;
    const { producerId } = dropped;
    const code = homeCodeOf(dropped.code);
    this.#carrying.delete(producerId);
    carrying.refused = code;
    carrying.answered.reject(new ParleyError(code));
    if (carrying.received !== undefined) this.emit('dropped', producerId);
  }

  /** Undefined if the answer is that to an earlier request, which was given up. */
  #find({ producerId, number }: { producerId: ProducerId; number: number }): Carrying | undefined {
    const carrying = this.#carrying.get(producerId);
    return carrying?.number === number ? carrying : undefined;
  }

  #handlePaused(producerId: ProducerId, paused: boolean): void {
    const carrying = this.#carrying.get(producerId);
    if (carrying === undefined) return;
    carrying.paused = paused;
    carrying.received?.setPaused(paused);
  }

  #handleEnded(error: ParleyError | undefined): void {
    if (this.#closed || this.#ended) return;
    this.#ended = true;
    this.#refuseAll(error ?? new ParleyError('media_unavailable'));
    this.emit('ended');
  }

  #refuseAll(error: ParleyError): void {
    this.#opened.reject(error);
    for (const { answered } of this.#carrying.values()) answered.reject(error);
  }
}

function isSame(one: Demand, other: Demand): boolean {
  return (
    one.running === other.running &&
    one.wanted === other.wanted &&
    one.maxSpatialLayer === other.maxSpatialLayer
  );
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  return withDeadline(answer, ANSWER_TIMEOUT_MS);
}

import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { MediaKind } from '@parley/proto/rtp';
import type { WantedLayers } from '../layers/wanted-layers.ts';
import type { PipeLink } from '../pipe/pipe-links.ts';
import type { PipeHome } from '../pipe/pipes.ts';
import type { PipeEnd } from '../router/pipe-end.ts';
import type { SpeakersState } from '../router/speakers.ts';
import type { Homes } from './home-nodes.ts';
import { asHomeError } from './link-messages.ts';
import { LinkToHome } from './link-to-home.ts';

/** A router of this node, as links to others need it. */
export interface LinkTarget {
  readonly id: string;
  createPipeEnd(): Promise<PipeEnd>;
}

export type ForeignRouterOptions = {
  id: string;
  /** The address of its node. */
  home: string;
  homes: Homes;
  roomId: string;
  /** The layers of a picture that are wanted on this node. */
  wantedOf: (producerId: ProducerId) => WantedLayers;
};

type ForeignRouterEvents = {
  /** Other peers of the router speak. */
  changed: [];
  /** A producer of the router was paused or resumed. */
  'pause-changed': [ProducerId, boolean];
  'hand-changed': [PeerId, boolean];
};

const NO_SPEAKERS: SpeakersState = { speakers: [], dominantPeerId: undefined };

/** A router of another node that this room has producers of: the links to it, and who speaks on it. */
export class ForeignRouter<T extends LinkTarget>
  extends EventEmitter<ForeignRouterEvents>
  implements PipeHome<T>
{
  readonly id: string;
  readonly #options: ForeignRouterOptions;
  /** One for each router of this room that consumes something of it, the first first. */
  readonly #links = new Set<LinkToHome>();
  #closed = false;

  constructor(options: ForeignRouterOptions) {
    super();
    this.id = options.id;
    this.#options = options;
  }

  /** Each link reports the same, so the first one is enough. */
  get state(): SpeakersState {
    const [first] = this.#links;
    return first?.speakers ?? NO_SPEAKERS;
  }

  /** Its links belong to the pipes. */
  close(): void {
    this.#closed = true;
    this.removeAllListeners();
  }

  /** The other node counts what it sends. */
  makeConsumer<R>(_kind: MediaKind, make: () => Promise<R>): Promise<R> {
    return make();
  }

  async linkTo(target: T): Promise<PipeLink> {
    const link = await this.#open(target);
    if (this.#closed) {
      link.close();
      throw new ParleyError('closed');
    }
    this.#links.add(link);
    link.on('speakers-changed', () => this.#handleSpeakers(link));
    link.on('pause-changed', (producerId, paused) => this.emit('pause-changed', producerId, paused));
    link.on('hand-changed', (peerId, raised) => this.emit('hand-changed', peerId, raised));
    link.once('closed', () => {
      this.#links.delete(link);
      this.emit('changed');
    });
    // It may have heard of speakers before it was given to us.
    this.emit('changed');
    return link;
  }

  /** Call it when other layers of a producer are wanted. */
  wantedChanged(producerId: ProducerId): void {
    for (const link of this.#links) link.wantedChanged(producerId);
  }

  async #open(target: T): Promise<LinkToHome> {
    const { home, homes, roomId, wantedOf } = this.#options;
    const end = await target.createPipeEnd();
    try {
      return await LinkToHome.create({ call: homes.open(home), end, roomId, routerId: this.id, wantedOf });
    } catch (error) {
      end.close();
      throw asHomeError(error);
    }
  }

  #handleSpeakers(link: LinkToHome): void {
    const [first] = this.#links;
    if (link === first) this.emit('changed');
  }
}

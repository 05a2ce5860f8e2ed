import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { MediaKind } from '@parley/proto/rtp';
import type { WantedLayers } from '../layers/wanted-layers.ts';
import type { PipeLink } from '../pipe/pipe-links.ts';
import type { PipeHome } from '../pipe/pipes.ts';
import type { PipeEnd } from '../router/pipe-end.ts';
import type { HeardRouters } from './heard-routers.ts';
import type { Homes } from './home-nodes.ts';
import { asHomeError } from './link-messages.ts';
import { LinkToHome } from './link-to-home.ts';
import type { OwnVoices } from './own-voices.ts';
import type { ReportedRouter } from './router-report.ts';

/** A router of this node, as links to others need it. */
export interface LinkTarget extends ReportedRouter {
  createPipeEnd(): Promise<PipeEnd>;
}

export type ForeignRouterOptions = {
  id: string;
  /** The address of its node. */
  home: string;
  homes: Homes;
  roomId: string;
  voices: OwnVoices;
  heard: HeardRouters;
  /** The layers of a picture that are wanted on this node. */
  wantedOf: (producerId: ProducerId) => WantedLayers;
};

/** A router of another node that this room has producers of, and the links to it. */
export class ForeignRouter<T extends LinkTarget> implements PipeHome<T> {
  readonly id: string;
  readonly #options: ForeignRouterOptions;
  /** One for each router of this room that consumes something of it. */
  readonly #links = new Set<LinkToHome>();
  #closed = false;

  constructor(options: ForeignRouterOptions) {
    this.id = options.id;
    this.#options = options;
  }

  /** Its links belong to the pipes. */
  close(): void {
    this.#closed = true;
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
    link.once('closed', () => this.#links.delete(link));
    return link;
  }

  /** Call it when other layers of a producer are wanted. */
  wantedChanged(producerId: ProducerId): void {
    for (const link of this.#links) link.wantedChanged(producerId);
  }

  async #open(target: T): Promise<LinkToHome> {
    const { home, homes, heard, roomId, voices, wantedOf } = this.#options;
    const end = await target.createPipeEnd();
    try {
      const call = homes.open(home);
      const hearing = heard.hear(this.id);
      const routers = { routerId: this.id, router: target };
      return await LinkToHome.create({ call, end, roomId, ...routers, voices, hearing, wantedOf });
    } catch (error) {
      end.close();
      throw asHomeError(error);
    }
  }
}

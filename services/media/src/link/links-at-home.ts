import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import { LinkAtHome, type LinkAtHomeOptions } from './link-at-home.ts';

/** Each router of a room has one from each router of the same room on other nodes. */
const LINKS_MAX = 256;

/** The links to the routers of a room on this node, which other nodes have opened. */
export class LinksAtHome {
  readonly #links = new Set<LinkAtHome>();
  #opening = 0;
  #closed = false;

  get size(): number {
    return this.#links.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const link of this.#links) link.close();
  }

  /** Throws `at_capacity` if there are too many, and the errors of `LinkAtHome.create`. */
  async open(options: LinkAtHomeOptions): Promise<void> {
    if (this.#closed) throw new ParleyError('closed');
    if (this.#links.size + this.#opening >= LINKS_MAX) throw new ParleyError('at_capacity');
    this.#opening += 1;
    let link: LinkAtHome;
    try {
      link = await LinkAtHome.create(options);
    } finally {
      this.#opening -= 1;
    }
    if (this.#closed) link.close();
    if (link.closed) return;
    this.#links.add(link);
    link.once('closed', () => this.#links.delete(link));
  }

  /** Call it when a producer of the room was closed. */
  producerClosed(producerId: ProducerId): void {
    for (const link of this.#links) link.producerClosed(producerId);
  }
}

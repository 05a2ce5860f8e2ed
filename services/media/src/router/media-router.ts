import type { RtpCapabilities } from '@parley/proto/rtp';
import type { types } from 'mediasoup';
import { PeerTransport, type TransportSettings } from './peer-transport.ts';
import type { PipePlace } from '../network/pipe-address.ts';
import { PipeEnd } from './pipe-end.ts';
import { RouterLink } from './router-link.ts';
import { Speakers } from './speakers.ts';

/** One mediasoup router: the media of one room, on one worker. */
export class MediaRouter {
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #announced: () => readonly string[];

  /** @param announced Asked for each transport: which addresses lead to the port of the worker now. */
  constructor(router: types.Router, webRtcServer: types.WebRtcServer, announced: () => readonly string[]) {
    this.#router = router;
    this.#webRtcServer = webRtcServer;
    this.#announced = announced;
  }

  get id(): string {
    return this.#router.id;
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#router.rtpCapabilities as RtpCapabilities;
  }

  /** Closes with it every transport, and the speakers. */
  close(): void {
    this.#router.close();
  }

  createTransport(settings: TransportSettings): Promise<PeerTransport> {
    return PeerTransport.create(this.#router, this.#webRtcServer, this.#announced(), settings);
  }

  createSpeakers(): Promise<Speakers> {
    return Speakers.create(this.#router);
  }

  /** @param other A router of another worker. */
  linkTo(other: MediaRouter): Promise<RouterLink> {
    return RouterLink.create(this.#router, other.#router);
  }

  /** For a link to a router of another node. */
  createPipeEnd(place: PipePlace): Promise<PipeEnd> {
    return PipeEnd.create(this.#router, place);
  }
}

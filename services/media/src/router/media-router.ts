import type { RtpCapabilities } from '@parley/proto';
import type { types } from 'mediasoup';
import { PeerTransport, type TransportSettings } from './peer-transport.ts';
import { Speakers } from './speakers.ts';

/** One mediasoup router: the media of one room, on one worker. */
export class MediaRouter {
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;

  constructor(router: types.Router, webRtcServer: types.WebRtcServer) {
    this.#router = router;
    this.#webRtcServer = webRtcServer;
  }

  get rtpCapabilities(): RtpCapabilities {
    return this.#router.rtpCapabilities as RtpCapabilities;
  }

  /** Closes with it every transport, and the speakers. */
  close(): void {
    this.#router.close();
  }

  createTransport(settings: TransportSettings): Promise<PeerTransport> {
    return PeerTransport.create(this.#router, this.#webRtcServer, settings);
  }

  createSpeakers(): Promise<Speakers> {
    return Speakers.create(this.#router);
  }
}

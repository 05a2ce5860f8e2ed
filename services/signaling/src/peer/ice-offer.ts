import { buildIceServers, turnName, type IceConfig } from '@parley/common/ice';
import type { RoomCode } from '@parley/proto/ids';
import type { IceServer } from '@parley/proto/rtp';
import type { PeerSession } from './peer-session.ts';

/** The credentials that a client has are valid for two thirds of their lifetime at least. */
const RENEWALS_PER_LIFETIME = 3;

type Offered = { readonly code: RoomCode; readonly address: string };

/**
 * The ICE servers that clients receive. While a peer stays it is notified of new TURN credentials before the last ones
 * end; after it has left they end by themselves.
 */
export class IceOffer {
  readonly #config: IceConfig;
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param sessions Those that are notified. */
  constructor(config: IceConfig, sessions: () => readonly PeerSession[]) {
    this.#config = config;
    const hasTurn = config.TURN_URLS.length + config.TURN_ADDRESSES.length > 0;
    const renewMs = (config.TURN_CREDENTIAL_LIFETIME_S * 1000) / RENEWALS_PER_LIFETIME;
    if (hasTurn) this.#timer = setInterval(() => this.#renew(sessions()), renewMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  serversFor({ code, address }: Offered): IceServer[] {
    const { TURN_SECRET: secret } = this.#config;
    return buildIceServers(this.#config, secret === undefined ? '' : turnName(secret, address, code));
  }

  #renew(sessions: readonly PeerSession[]): void {
    for (const session of sessions)
      session.notify('ice-servers:renewed', { iceServers: this.serversFor(session) });
  }
}

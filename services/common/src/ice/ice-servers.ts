import { createHmac } from 'node:crypto';
import type { IceServer } from '@parley/proto/rtp';
import type { z } from 'zod';
import { envSchema, joinHostPort } from '../config/env-schema.ts';

const TURN_PORT = 3478;
const CREDENTIAL_LIFETIME_S = 10 * 60;

/** Variables of every service that sends clients their ICE servers; spread them into the service's own schema. */
export const iceConfigShape = {
  STUN_URLS: envSchema.iceUrlList('stun', []).describe('sent to browsers'),
  TURN_URLS: envSchema.iceUrlList('turn', []).describe('sent to browsers, with credentials that end'),
  TURN_ADDRESSES: envSchema
    .peerAddressList([])
    .describe('addresses and names of the TURN server that runs beside the edge, in place of TURN_URLS'),
  TURN_PORT: envSchema.port(TURN_PORT).describe('its port, UDP and TCP'),
  TURN_HTTPS_PORT: envSchema
    .port()
    .optional()
    .describe('the public port of https, where the edge passes TURN on (EDGE_TURN)'),
  TURN_SECRET: envSchema
    .secret(16)
    .optional()
    .describe(
      'shared with the TURN server (`static-auth-secret`); must be set when TURN_URLS or TURN_ADDRESSES is',
    ),
  TURN_CREDENTIAL_LIFETIME_S: envSchema
    .integer({ min: 2, max: 24 * 60 * 60, default: CREDENTIAL_LIFETIME_S })
    .describe(
      'seconds; a person who stays gets new TURN credentials before, and one who leaves gets no more',
    ),
};

export type IceConfig = Readonly<{
  STUN_URLS: readonly string[];
  TURN_URLS: readonly string[];
  TURN_ADDRESSES: readonly string[];
  TURN_PORT: number;
  TURN_HTTPS_PORT?: number | undefined;
  TURN_SECRET?: string | undefined;
  TURN_CREDENTIAL_LIFETIME_S: number;
}>;

/** For `.superRefine(checkIceConfig, WITH_OTHER_PROBLEMS)`: TURN servers need the secret that they share with us. */
export function checkIceConfig(config: Partial<IceConfig>, context: z.core.$RefinementCtx): void {
  if (config.TURN_SECRET !== undefined) return;
  const set = (['TURN_URLS', 'TURN_ADDRESSES'] as const).find((name) => (config[name]?.length ?? 0) > 0);
  if (set !== undefined) {
    context.addIssue({ code: 'custom', path: ['TURN_SECRET'], message: `is not set, but ${set} is` });
  }
}

/**
 * What a client's RTCPeerConnection takes. TURN credentials are those of the TURN REST API (coturn: `use-auth-secret`):
 * the user name carries the time of expiry, the password is the HMAC-SHA1 of the user name.
 *
 * @param name The TURN server counts the relays of each name; see `turnName`.
 */
export function buildIceServers(config: IceConfig, name: string, now = Date.now()): IceServer[] {
  const servers: IceServer[] = [];
  if (config.STUN_URLS.length > 0) servers.push({ urls: [...config.STUN_URLS] });
  const turn = [config.TURN_URLS, ...config.TURN_ADDRESSES.map((host) => ownTurnUrls(host, config))];
  if (config.TURN_SECRET !== undefined) {
    const username = `${Math.floor(now / 1000) + config.TURN_CREDENTIAL_LIFETIME_S}:${name}`;
    const credential = createHmac('sha1', config.TURN_SECRET).update(username).digest('base64');
    for (const urls of turn) if (urls.length > 0) servers.push({ urls: [...urls], username, credential });
  }
  return servers;
}

/** Beside https the edge takes TURN without TLS: with TLS it needs a name of its own, which TURN_URLS can have. */
function ownTurnUrls(host: string, { TURN_PORT: port, TURN_HTTPS_PORT: shared }: IceConfig): string[] {
  const own = `turn:${joinHostPort(host, port)}`;
  const urls = [`${own}?transport=udp`, `${own}?transport=tcp`];
  return shared === undefined ? urls : [...urls, `turn:${joinHostPort(host, shared)}?transport=tcp`];
}

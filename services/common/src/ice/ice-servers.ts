import { createHmac } from 'node:crypto';
import type { IceServer } from '@parley/proto';
import type { z } from 'zod';
import { envSchema } from '../config/env-schema.ts';

const TURN_CREDENTIAL_LIFETIME_S = 12 * 60 * 60;

/** Variables of every service that sends clients their ICE servers; spread them into the service's own schema. */
export const iceConfigShape = {
  STUN_URLS: envSchema.iceUrlList('stun', []).describe('sent to browsers'),
  TURN_URLS: envSchema.iceUrlList('turn', []).describe('sent to browsers, with credentials that end'),
  TURN_SECRET: envSchema
    .secret(16)
    .optional()
    .describe('shared with the TURN server (`static-auth-secret`); must be set when TURN_URLS is'),
};

export type IceConfig = Readonly<{
  STUN_URLS: readonly string[];
  TURN_URLS: readonly string[];
  TURN_SECRET?: string | undefined;
}>;

/** The second argument of `.superRefine()`: the check also runs when a variable is wrong, so that all problems are reported together. */
export const WITH_OTHER_PROBLEMS = { when: () => true };

/** For `.superRefine(checkIceConfig, WITH_OTHER_PROBLEMS)`: TURN servers need the secret that they share with us. */
export function checkIceConfig(config: Partial<IceConfig>, context: z.core.$RefinementCtx): void {
  if ((config.TURN_URLS?.length ?? 0) > 0 && config.TURN_SECRET === undefined) {
    context.addIssue({ code: 'custom', path: ['TURN_SECRET'], message: 'is not set, but TURN_URLS is' });
  }
}

/**
 * What a client's RTCPeerConnection takes. TURN credentials are those of the TURN REST API (coturn: `use-auth-secret`):
 * the name carries the time of expiry, the password is the HMAC-SHA1 of the name.
 */
export function buildIceServers(config: IceConfig, peerId: string, now = Date.now()): IceServer[] {
  const servers: IceServer[] = [];
  if (config.STUN_URLS.length > 0) servers.push({ urls: [...config.STUN_URLS] });
  if ((config.TURN_URLS?.length ?? 0) > 0 && config.TURN_SECRET !== undefined) {
    const username = `${Math.floor(now / 1000) + TURN_CREDENTIAL_LIFETIME_S}:${peerId}`;
    const credential = createHmac('sha1', config.TURN_SECRET).update(username).digest('base64');
    servers.push({ urls: [...config.TURN_URLS], username, credential });
  }
  return servers;
}

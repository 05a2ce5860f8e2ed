import { BlockList } from 'node:net';
import { checkIceConfig, envSchema, iceConfigShape } from '@parley/common';
import { z } from 'zod';

const SECOND_MS = 1_000;
const LOOPBACK = '127.0.0.0/8,::1/128';

/** `address/bits` items, as a list that tells whether an address is in it. */
function subnets(text: string, context: z.core.$RefinementCtx): BlockList {
  const list = new BlockList();
  for (const item of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [address = '', bits = ''] = item.split('/');
    try {
      list.addSubnet(address, Number.parseInt(bits, 10), address.includes(':') ? 'ipv6' : 'ipv4');
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be subnets such as 10.0.0.0/8, separated by commas',
      });
      return z.NEVER;
    }
  }
  return list;
}

export const configSchema = z
  .object({
    SIGNALING_HOST: envSchema.host('127.0.0.1'),
    SIGNALING_PORT: envSchema.port(5000),
    SIGNALING_GRPC_HOST: envSchema.host('127.0.0.1'),
    SIGNALING_GRPC_PORT: envSchema.port(50052),
    SIGNALING_ADMIN_HOST: envSchema.host('127.0.0.1'),
    SIGNALING_ADMIN_PORT: envSchema.port(5001),
    DATABASE_URL: envSchema.url(['postgres', 'postgresql']),
    INTERNAL_SECRET: envSchema.secret(),
    JOIN_TOKEN_SECRET: envSchema.secret(),
    MEDIA_ADDRESSES: envSchema.hostPortList(['127.0.0.1:50051']),
    /** Origins besides our own whose pages may connect. */
    ALLOWED_ORIGINS: envSchema.urlList(['http', 'https'], []),
    /** Whether clients that send no Origin, which no browser does, may connect. */
    ALLOW_MISSING_ORIGIN: envSchema.boolean(false),
    /** Whose X-Forwarded-For is believed. */
    TRUSTED_PROXIES: envSchema.text(LOOPBACK).transform(subnets),
    CONNECTIONS_PER_ADDRESS: envSchema.integer({ min: 1, max: 100_000, default: 512 }),
    PEER_LIMIT: envSchema.integer({ min: 1, max: 1_000, default: 100 }),
    /** How long a peer whose socket is lost may come back. */
    RESUME_GRACE_MS: envSchema.durationMs(20 * SECOND_MS),
    JOIN_TOKEN_LIFETIME_S: envSchema.integer({ min: 1, max: 3_600, default: 300 }),
    /** How long a media node may be silent before its peers are told that their media is gone. */
    NODE_LOST_MS: envSchema.durationMs(3 * SECOND_MS),
    /** Parses everything that is sent with its schema: for development and tests. */
    VALIDATE_OUTGOING: envSchema.boolean(false),
    ...iceConfigShape,
  })
  .superRefine(checkIceConfig);

export type Config = Readonly<z.output<typeof configSchema>>;

import {
  checkIceConfig,
  discoveryShape,
  envSchema,
  iceConfigShape,
  WITH_OTHER_PROBLEMS,
} from '@parley/common';
import { z } from 'zod';

const SECOND_MS = 1_000;

export const configSchema = z
  .object({
    ...discoveryShape,
    SIGNALING_HOST: envSchema.host('127.0.0.1'),
    SIGNALING_PORT: envSchema.port(5000),
    SIGNALING_GRPC_HOST: envSchema.host('127.0.0.1'),
    SIGNALING_GRPC_PORT: envSchema.port(50052),
    SIGNALING_ADMIN_HOST: envSchema.host('127.0.0.1'),
    SIGNALING_ADMIN_PORT: envSchema.port(5001),
    DATABASE_URL: envSchema.url(['postgres', 'postgresql']),
    /** The store of live rooms, shared by all signaling instances. Not set: in memory, for one instance. */
    REDIS_URL: envSchema.url(['redis', 'rediss']).optional(),
    INTERNAL_SECRET: envSchema.secret(),
    JOIN_TOKEN_SECRET: envSchema.secret(),
    MEDIA_ADDRESSES: envSchema.hostPortList(['127.0.0.1:50051']),
    /** Origins besides our own whose pages may connect. */
    ALLOWED_ORIGINS: envSchema.urlList(['http', 'https'], []),
    /** Whether clients that send no Origin, which no browser does, may connect. */
    ALLOW_MISSING_ORIGIN: envSchema.boolean(false),
    /** How many proxies of ours stand before us; see clientAddress. */
    TRUST_PROXY_HOPS: envSchema.integer({ min: 0, max: 10, default: 1 }),
    CONNECTIONS_PER_ADDRESS: envSchema.integer({ min: 1, max: 100_000, default: 512 }),
    PEER_LIMIT: envSchema.integer({ min: 1, max: 1_000, default: 100 }),
    /** How long a peer whose socket is lost may come back. */
    RESUME_GRACE_MS: envSchema.durationMs(20 * SECOND_MS),
    JOIN_TOKEN_LIFETIME_S: envSchema.integer({ min: 1, max: 3_600, default: 300 }),
    /** How long a media node may be silent before its peers are told that their media is gone. */
    NODE_LOST_MS: envSchema.durationMs(3 * SECOND_MS),
    /** How long another signaling instance may be silent before its peers are taken for disconnected. */
    INSTANCE_LOST_MS: envSchema.durationMs(10 * SECOND_MS),
    /** Parses everything that is sent with its schema: for development and tests. */
    VALIDATE_OUTGOING: envSchema.boolean(false),
    ...iceConfigShape,
  })
  .superRefine(checkIceConfig, WITH_OTHER_PROBLEMS);

export type Config = Readonly<z.output<typeof configSchema>>;

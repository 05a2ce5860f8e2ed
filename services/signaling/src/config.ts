import { randomUUID } from 'node:crypto';
import { envSchema, WITH_OTHER_PROBLEMS } from '@parley/common/config';
import { checkDiscovery, discoveryShape } from '@parley/common/discovery';
import { certificatesShape, checkTrust } from '@parley/common/grpc';
import { checkIceConfig, iceConfigShape, type IceConfig } from '@parley/common/ice';
import { checkServerTrust, serverTrustField, type ServerTrust } from '@parley/common/trust';
import { z } from 'zod';
import type { FileLimits, Limits } from './limits/settings.ts';

const SECOND_MS = 1_000;
const MEGABYTE = 1024 * 1024;
const CHAT_HISTORIES = ['call', 'room'] as const;

export const configSchema = z
  .object({
    ...discoveryShape,
    SIGNALING_HOST: envSchema.host('127.0.0.1').describe('where browsers connect, by the edge'),
    SIGNALING_PORT: envSchema.port(5000),
    SIGNALING_GRPC_HOST: envSchema.host('127.0.0.1').describe('where the gateway calls it'),
    SIGNALING_GRPC_PORT: envSchema.port(50052),
    SIGNALING_ADMIN_HOST: envSchema.host('127.0.0.1').describe('where health and metrics are'),
    SIGNALING_ADMIN_PORT: envSchema.port(5001),
    DATABASE_URL: envSchema
      .url(['postgres', 'postgresql'])
      .describe(
        'PostgreSQL: over TLS with one of the two variables below or with `?sslmode=verify-full`, without TLS otherwise',
      ),
    DATABASE_PASSWORD: envSchema
      .text()
      .optional()
      .describe('the password for it, if the address has none; any characters'),
    DATABASE_TLS_AUTHORITY: serverTrustField.authority('PostgreSQL', 'DATABASE_TLS_AUTHORITY'),
    DATABASE_TLS_NAME: serverTrustField.name('PostgreSQL'),
    REDIS_URL: envSchema
      .url(['redis', 'rediss'])
      .optional()
      .describe(
        'the store of live rooms, shared by all signaling instances: `rediss:`, or `redis:` for a Redis without TLS, which gets the password in clear text. Without it in memory, for one instance',
      ),
    REDIS_PASSWORD: envSchema
      .text()
      .optional()
      .describe('the password for it, if the address has none; any characters'),
    REDIS_TLS_AUTHORITY: serverTrustField.authority('Redis', 'REDIS_TLS_AUTHORITY'),
    REDIS_TLS_NAME: serverTrustField.name('Redis'),
    ...certificatesShape,
    SIGNALING_GRPC_SECRET: envSchema
      .secret()
      .optional()
      .describe('what the gateway has to know where there is no INTERNAL_TLS_CERTIFICATE; the same there'),
    MEDIA_GRPC_SECRET: envSchema
      .secret()
      .optional()
      .describe('what we show media nodes where there is no INTERNAL_TLS_CERTIFICATE; the same there'),
    JOIN_TOKEN_SECRET: envSchema.secret().describe('signs join tokens'),
    REGION: envSchema
      .regionName()
      .optional()
      .describe(
        'where this instance is, as media nodes name it: people whose browsers have not measured the regions get media there. Leave it empty where people do not reach the edge that is near them',
      ),
    MEDIA_ADDRESSES: envSchema
      .hostPortList(['127.0.0.1:50051'])
      .describe('the media nodes where there is no Consul'),
    ALLOWED_ORIGINS: envSchema.originList([]).describe('origins besides our own whose pages may connect'),
    ALLOW_MISSING_ORIGIN: envSchema
      .boolean(false)
      .describe('whether clients that send no Origin, which no browser does, may connect'),
    TRUST_PROXY_HOPS: envSchema
      .integer({ min: 0, max: 10, default: 1 })
      .describe('how many proxies of ours stand before us; see clientAddress'),
    CONNECTIONS_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 100_000, default: 512 })
      .describe('sockets from one client address at once'),
    HALF_OPEN_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 100_000, default: 128 })
      .describe(
        'connections from one client address whose person is not in a room yet; the oldest is closed for a new one',
      ),
    HALF_OPEN_TOTAL: envSchema
      .integer({ min: 1, max: 1_000_000, default: 4_000 })
      .describe('the same for all addresses together'),
    HANDSHAKES_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 100_000, default: 100 })
      .describe('new connections from one client address a second; four times as many at once'),
    JOINS_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 100_000, default: 120 })
      .describe(
        'joins from one client address a minute, and apart from them openings of media in a lobby and looks from there at who is in a room; as many at once',
      ),
    PACKETS_PER_CONNECTION: envSchema
      .integer({ min: 10, max: 100_000, default: 250 })
      .describe('packets of one connection a second, whatever they are; four times as many at once'),
    BYTES_PER_CONNECTION: envSchema
      .integer({ min: 65_536, max: 100_000_000, default: 262_144 })
      .describe('bytes of one connection a second; four times as many at once'),
    RETURNS_PER_SECOND: envSchema
      .integer({ min: 1, max: 100_000, default: 200 })
      .describe(
        'resumes a second on one instance, and as many reopenings of media, when all clients come back at once; as many at once, the others a little later',
      ),
    ROOM_EVENTS_PER_SECOND: envSchema
      .integer({ min: 1, max: 10_000, default: 20 })
      .describe(
        'chat messages, joins, reactions and changes of names and hands of all people of a room, of each kind a second; chat twice as many at once, the others five times',
      ),
    ROOM_CHAT_BYTES_PER_MINUTE: envSchema
      .integer({ min: 65_536, max: 1_000_000_000, default: 1_000_000 })
      .describe('bytes of chat of all people of a room a minute; as many at once'),
    ROOMS_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 100_000, default: 20 })
      .describe('rooms with people in them whose first person came from the same client address'),
    ROOM_PEERS_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 1_000, default: 12 })
      .describe(
        'people of one room from the same client address; raise it where a whole office or school shares one address',
      ),
    ROOMS_PER_OWNER: envSchema
      .integer({ min: 1, max: 100_000, default: 500 })
      .describe('rooms that one account or one browser of a guest may own'),
    GUEST_ROOMS_PER_ADDRESS: envSchema
      .integer({ min: 1, max: 1_000_000, default: 1_000 })
      .describe(
        'rooms of guests that are kept and were made from the same client address; a room that nobody uses is deleted after RETENTION_DAYS',
      ),
    PEER_LIMIT: envSchema.integer({ min: 1, max: 1_000, default: 100 }).describe('people in one room'),
    CHAT_HISTORY: envSchema
      .oneOf(CHAT_HISTORIES, 'call')
      .describe(
        'which messages somebody who comes later reads, in rooms whose settings do not say it: `call`, those since the room was last empty; `room`, all that are kept',
      ),
    RETENTION_DAYS: envSchema
      .integer({ min: 1, max: 3_650, default: 90 })
      .describe(
        'days after which chat messages, the attendance of calls, and rooms that nobody has used since are deleted',
      ),
    CHAT_RETENTION_DAYS: envSchema.integer({ min: 1, max: 3_650 }).optional().meta({
      description: 'days after which a chat message is deleted, where that is sooner',
      shownDefault: 'as RETENTION_DAYS',
    }),
    ROOM_FILES: envSchema
      .integer({ min: 0, max: 100_000, default: 500 })
      .describe('files of the chat of one room; 0 for no files at all'),
    ROOM_FILES_MB: envSchema
      .integer({ min: 1, max: 1_000_000, default: 1_000 })
      .describe('megabytes of all files of one room'),
    PEER_FILES: envSchema
      .integer({ min: 0, max: 100_000, default: 50 })
      .describe('files of one person in one call'),
    PEER_FILES_MB: envSchema
      .integer({ min: 1, max: 1_000_000, default: 200 })
      .describe('megabytes of all files of one person in one call'),
    ALL_FILES_MB: envSchema
      .integer({ min: 1, max: 1_000_000_000, default: 20_000 })
      .describe('megabytes of all files of all rooms; leave the disk some place for everything else'),
    RESUME_GRACE_MS: envSchema
      .durationMs(20 * SECOND_MS)
      .describe('how long a peer whose socket is lost may come back'),
    CLOSED_GRACE_MS: envSchema
      .durationMs(5 * SECOND_MS)
      .describe('how long a peer whose page was closed or is loaded again may come back'),
    LEADER_GRACE_MS: envSchema
      .durationMs(60 * SECOND_MS)
      .describe('how long after the last host has left somebody else becomes host'),
    JOIN_TOKEN_LIFETIME_S: envSchema
      .integer({ min: 1, max: 3_600, default: 300 })
      .describe('seconds in which a join token must be used'),
    NODE_LOST_MS: envSchema
      .durationMs(3 * SECOND_MS)
      .describe(
        'how long a media node that is not proven to be gone must be silent before the people of a room leave it because their clients have lost it',
      ),
    INSTANCE_LOST_MS: envSchema
      .durationMs(10 * SECOND_MS)
      .describe(
        'how long another signaling instance may be silent before its peers are taken for disconnected',
      ),
    DRAIN_TIMEOUT_S: envSchema
      .integer({ min: 0, max: 600, default: 0 })
      .describe(
        'seconds in which a stop hands its people over to other instances, with REDIS_URL; 0 is all at once',
      ),
    VALIDATE_OUTGOING: envSchema
      .boolean(false)
      .describe('parses everything that is sent with its schema: for development and tests'),
    ...iceConfigShape,
  })
  .superRefine(checkTrust(['SIGNALING_GRPC_SECRET', 'MEDIA_GRPC_SECRET']), WITH_OTHER_PROBLEMS)
  .superRefine(checkIceConfig, WITH_OTHER_PROBLEMS)
  .superRefine(checkDiscovery, WITH_OTHER_PROBLEMS)
  .superRefine(checkServerTrust('REDIS', 'REDIS_URL', 'rediss'), WITH_OTHER_PROBLEMS)
  .superRefine(checkDatabaseTrust, WITH_OTHER_PROBLEMS);

type DatabaseVariables = Partial<
  Record<'DATABASE_URL' | 'DATABASE_TLS_AUTHORITY' | 'DATABASE_TLS_NAME', string | undefined>
>;

/** What an address says of TLS would win over the variables, also if it says that there shall be none. */
export function checkDatabaseTrust(config: DatabaseVariables, context: z.core.$RefinementCtx): void {
  const url = config.DATABASE_URL ?? '';
  if (databaseTrustOf(config) === undefined || !URL.canParse(url)) return;
  const said = [...new URL(url).searchParams.keys()].find((name) => name.startsWith('ssl'));
  if (said !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['DATABASE_URL'],
      message: `says ${said}, and DATABASE_TLS_… is set as well; keep one of them`,
    });
}

/** How PostgreSQL has to prove itself. `undefined` leaves it to the address whether there is TLS. */
export function databaseTrustOf(config: DatabaseVariables): ServerTrust | undefined {
  const { DATABASE_TLS_AUTHORITY: authority, DATABASE_TLS_NAME: name } = config;
  return authority === undefined && name === undefined ? undefined : { authority, name };
}

export type Config = Readonly<z.output<typeof configSchema>>;

/** The settings that several parts share. */
export type Settings = Readonly<{
  /** New at each start, so that a process that starts again is not taken for the one that died. */
  instanceId: string;
  peerLimit: number;
  /** Rooms that one identity may own. */
  roomsPerOwner: number;
  /** Rooms of guests that were made from one address. */
  guestRoomsPerAddress: number;
  limits: Limits;
  /** Hides addresses in the store, see `networkName`. */
  networkSecret: string;
  files: FileLimits;
  /** Resumes, and reopenings of media, a second. */
  returnsPerSecond: number;
  resumeGraceMs: number;
  closedGraceMs: number;
  leaderGraceMs: number;
  nodeLostMs: number;
  /** Where this instance is. */
  region: string | undefined;
  /** How long a stop may take to hand its peers over. */
  drainMs: number;
  instanceLostMs: number;
  ice: IceConfig;
}>;

export function settingsOf(config: Config): Settings {
  return Object.freeze({
    instanceId: randomUUID(),
    peerLimit: config.PEER_LIMIT,
    roomsPerOwner: config.ROOMS_PER_OWNER,
    guestRoomsPerAddress: config.GUEST_ROOMS_PER_ADDRESS,
    limits: limitsOf(config),
    networkSecret: config.JOIN_TOKEN_SECRET,
    files: Object.freeze({
      roomFiles: config.ROOM_FILES,
      roomBytes: config.ROOM_FILES_MB * MEGABYTE,
      peerFiles: config.PEER_FILES,
      peerBytes: config.PEER_FILES_MB * MEGABYTE,
      allBytes: config.ALL_FILES_MB * MEGABYTE,
    }),
    returnsPerSecond: config.RETURNS_PER_SECOND,
    resumeGraceMs: config.RESUME_GRACE_MS,
    closedGraceMs: config.CLOSED_GRACE_MS,
    leaderGraceMs: config.LEADER_GRACE_MS,
    nodeLostMs: config.NODE_LOST_MS,
    region: config.REGION,
    drainMs: config.DRAIN_TIMEOUT_S * SECOND_MS,
    instanceLostMs: config.INSTANCE_LOST_MS,
    ice: config,
  });
}

function limitsOf(config: Config): Limits {
  return Object.freeze({
    connectionsPerAddress: config.CONNECTIONS_PER_ADDRESS,
    halfOpenPerAddress: config.HALF_OPEN_PER_ADDRESS,
    halfOpenTotal: config.HALF_OPEN_TOTAL,
    handshakesPerAddress: config.HANDSHAKES_PER_ADDRESS,
    joinsPerAddress: config.JOINS_PER_ADDRESS,
    packetsPerSecond: config.PACKETS_PER_CONNECTION,
    bytesPerSecond: config.BYTES_PER_CONNECTION,
    roomEventsPerSecond: config.ROOM_EVENTS_PER_SECOND,
    roomChatBytesPerMinute: config.ROOM_CHAT_BYTES_PER_MINUTE,
    roomsPerAddress: config.ROOMS_PER_ADDRESS,
    roomPeersPerAddress: config.ROOM_PEERS_PER_ADDRESS,
  });
}

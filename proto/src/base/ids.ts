import { z } from 'zod';

/** Only the maker of an id knows what is in it. Printable, bounded, never a key of Object.prototype. */
const opaqueId = () => z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

export const peerIdSchema = opaqueId().brand<'PeerId'>();
export const transportIdSchema = opaqueId().brand<'TransportId'>();
export const producerIdSchema = opaqueId().brand<'ProducerId'>();
export const consumerIdSchema = opaqueId().brand<'ConsumerId'>();
export const messageIdSchema = opaqueId().brand<'MessageId'>();
export const fileIdSchema = opaqueId().brand<'FileId'>();

/** 32 letters and digits that people do not confuse, so that each carries 5 bits. */
export const ROOM_CODE_ALPHABET = 'abcdefghjkmnpqrstuvwxyz023456789';
export const ROOM_CODE_LENGTH = 11;

/** `abcd-efgh-jkm`: 11 symbols of 5 random bits each, 55 bits. */
export const roomCodeSchema = z
  .string()
  .regex(/^[a-hjkmnp-z02-9]{4}-[a-hjkmnp-z02-9]{4}-[a-hjkmnp-z02-9]{3}$/)
  .brand<'RoomCode'>();

export const traceIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'TraceId'>();

export type PeerId = z.infer<typeof peerIdSchema>;
export type TransportId = z.infer<typeof transportIdSchema>;
export type ProducerId = z.infer<typeof producerIdSchema>;
export type ConsumerId = z.infer<typeof consumerIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type FileId = z.infer<typeof fileIdSchema>;
export type RoomCode = z.infer<typeof roomCodeSchema>;
export type TraceId = z.infer<typeof traceIdSchema>;

/** The written form of 11 symbols. Throws if they are not of the alphabet. */
export function formatRoomCode(symbols: string): RoomCode {
  return roomCodeSchema.parse(`${symbols.slice(0, 4)}-${symbols.slice(4, 8)}-${symbols.slice(8)}`);
}

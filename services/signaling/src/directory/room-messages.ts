import type { BanInfo, CallDetails, PastCall, RoomInfo, Visit } from '@parley/proto';
import { toSettingsMessage, type room } from '@parley/proto/grpc';

/*
 * What the service answers, as messages. A message cannot say null: what is null is left out.
 */

export function roomMessage({ createdAt, settings, ...rest }: RoomInfo): room.RoomInput {
  return { ...rest, createdAtMs: createdAt, settings: toSettingsMessage(settings) };
}

export function banMessage({ bannedAt, endsAt, ...rest }: BanInfo): room.BanInput {
  return { ...rest, bannedAtMs: bannedAt, ...(endsAt !== null && { endsAtMs: endsAt }) };
}

export function callMessage({ callId, startedAt, endedAt, entries }: PastCall): room.PastCallInput {
  return { callId, startedAtMs: startedAt, entries, ...(endedAt !== null && { endedAtMs: endedAt }) };
}

export function detailsMessage({
  call,
  title,
  attendance,
  messages,
  isCut,
}: CallDetails): room.GetCallResponseInput {
  return {
    call: callMessage(call),
    title,
    attendance: attendance.map(({ displayName, kind, ...times }) => ({
      displayName,
      kind,
      ...stayMessage(times),
    })),
    messages: messages.map(({ fromName, text, sentAt }) => ({ fromName, text, sentAtMs: sentAt })),
    isCut,
  };
}

export function visitMessage({ code, title, displayName, ...times }: Visit): room.VisitInput {
  return { code, title, displayName, ...stayMessage(times) };
}

function stayMessage({ joinedAt, leftAt }: { joinedAt: number; leftAt: number | null }) {
  return { joinedAtMs: joinedAt, ...(leftAt !== null && { leftAtMs: leftAt }) };
}

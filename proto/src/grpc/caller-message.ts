import { callerSchema, NOBODY, type Caller } from '../room/identity.ts';
import type { Caller as CallerMessage, CallerInput } from './generated/parley/room/v1/Caller.ts';

export function toCallerMessage({ identity, accountName, isOperator, addressHash }: Caller): CallerInput {
  return { identity: identity ?? '', accountName: accountName ?? '', isOperator, addressHash };
}

/** Nobody for a message that an older gateway sent without a caller. Throws ZodError if the gateway sent what it must not. */
export function fromCallerMessage(message: CallerMessage | null): Caller {
  if (message === null) return NOBODY;
  const { identity, accountName, isOperator, addressHash } = message;
  return callerSchema.parse({
    identity: identity === '' ? null : identity,
    accountName: accountName === '' ? null : accountName,
    isOperator,
    addressHash,
  });
}

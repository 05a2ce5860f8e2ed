import { randomBytes, randomUUID } from 'node:crypto';
import { accountIdentity, browserIdentity, type Caller } from '@parley/proto/room';

/** Somebody without an account, as the gateway names such a person. */
export function guest(addressHash = 'a-network'): Caller {
  const identity = browserIdentity(randomBytes(16).toString('base64url'));
  return { identity, accountName: null, isOperator: false, addressHash };
}

export function account(accountName: string, addressHash = 'a-network'): Caller {
  return { identity: accountIdentity(randomUUID()), accountName, isOperator: false, addressHash };
}

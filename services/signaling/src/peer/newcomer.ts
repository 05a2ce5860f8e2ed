import type { Logger } from '@parley/common/logging';
import type { ClientLink } from './client-link.ts';
import type { PeerIdentity } from './peer-identity.ts';

/** A client that asks to be let in. */
export type Newcomer = { identity: PeerIdentity; link: ClientLink; logger: Logger };

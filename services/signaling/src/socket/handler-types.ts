import type { RequestName, RequestPayload, RequestResult, Requests } from '@parley/proto';
import type { PeerSession } from '../peer/peer-session.ts';
import type { ClientConnection } from './client-connection.ts';

type Context<N extends RequestName> = Requests[N]['phase'] extends 'joined' ? PeerSession : ClientConnection;

/** Gets the parsed payload, and who asks: the peer's session, or its socket when it has not joined yet. */
export type Handler<N extends RequestName> = (
  payload: RequestPayload<N>,
  context: Context<N>,
) => RequestResult<N> | Promise<RequestResult<N>>;

/** One for each verb of the contract; the compiler misses those that are not there. */
export type Handlers = { readonly [N in RequestName]: Handler<N> };

import type { RequestName, RequestPayload, RequestResult, Requests } from '@parley/proto/requests';
import type { PeerSession } from '../peer/peer-session.ts';
import type { ClientConnection } from './client-connection.ts';

type Context<N extends RequestName> = Requests[N]['phase'] extends 'joined' ? PeerSession : ClientConnection;

/** Receives the parsed payload, and the session of the peer; before the join, its connection. */
export type Handler<N extends RequestName> = (
  payload: RequestPayload<N>,
  context: Context<N>,
) => RequestResult<N> | Promise<RequestResult<N>>;

/** One handler for each verb of the contract. The compiler finds a missing one. */
export type Handlers = { readonly [N in RequestName]: Handler<N> };

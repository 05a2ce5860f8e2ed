import type { ChannelOptions } from '@grpc/grpc-js';

const MESSAGE_MAX_BYTES = 1024 * 1024;
/** A request or response on an exchange leaves this much of a message to what stands beside it. */
export const EXCHANGE_PAYLOAD_MAX_BYTES = MESSAGE_MAX_BYTES - 1024;
/** Calls that a client has in progress on one exchange. Further calls wait in the client, within their own deadlines. */
export const EXCHANGE_CALLS_MAX = 1024;

const SHARED_OPTIONS: ChannelOptions = {
  'grpc.max_receive_message_length': MESSAGE_MAX_BYTES,
  'grpc.max_send_message_length': MESSAGE_MAX_BYTES,
  // Notices within seconds that the other side froze or its machine is gone, also between calls.
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 5_000,
};

/** Channelz stays on: without it forceShutdown() of grpc-js 1.14 does not know the connections it should end. */
export const SERVER_OPTIONS: ChannelOptions = SHARED_OPTIONS;

export const CLIENT_OPTIONS: ChannelOptions = {
  ...SHARED_OPTIONS,
  'grpc.enable_channelz': 0,
  'grpc.keepalive_permit_without_calls': 1,
  // A client reconnects to a restarted service within about a second.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  // A connection per client: to close a client must close no connection of another one.
  'grpc.use_local_subchannel_pool': 1,
  'grpc.service_config_disable_resolution': 1,
  // Traffic between services never takes the proxy that the environment may name for the outside world.
  'grpc.enable_http_proxy': 0,
};

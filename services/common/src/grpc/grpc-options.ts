import type { ChannelOptions } from '@grpc/grpc-js';

const MESSAGE_MAX_BYTES = 1024 * 1024;

const SHARED_OPTIONS: ChannelOptions = {
  'grpc.max_receive_message_length': MESSAGE_MAX_BYTES,
  'grpc.max_send_message_length': MESSAGE_MAX_BYTES,
  // A far side that froze or whose machine vanished is noticed in seconds, also between calls.
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 5_000,
};

/** Channelz stays on: without it forceShutdown() of grpc-js 1.14 does not know the connections it should end. */
export const SERVER_OPTIONS: ChannelOptions = SHARED_OPTIONS;

export const CLIENT_OPTIONS: ChannelOptions = {
  ...SHARED_OPTIONS,
  'grpc.enable_channelz': 0,
  'grpc.keepalive_permit_without_calls': 1,
  // A service that restarts is found again within about a second.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.min_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  // Closing a client closes its connection; sharing one would couple owners that do not know each other.
  'grpc.use_local_subchannel_pool': 1,
  'grpc.service_config_disable_resolution': 1,
  // Traffic between services never takes the proxy that the environment may name for the outside world.
  'grpc.enable_http_proxy': 0,
};

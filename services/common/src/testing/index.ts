export { bothTransports } from './both-transports.ts';
export { handlersOf } from './handlers-of.ts';
export { CONSUL_TOKENS, startConsul, type TestConsul } from './consul.ts';
export { Flight } from './flight.ts';
export { freePort, freePorts } from './free-port.ts';
export { startMuteServer } from './mute-server.ts';
export { startPostgres, type TestPostgres } from './postgres.ts';
export { startRedis, type TestRedis } from './redis.ts';
export {
  dtlsParameters,
  opusParameters,
  simulcastParameters,
  svcParameters,
  vp8Parameters,
} from './rtp-fixtures.ts';
export type { ServerProof } from './server-proof.ts';
export { captureLogger, silentLogger } from './silent-logger.ts';
export { UdpRelay, type Impairments } from './udp-relay.ts';
export { waitFor } from './wait-for.ts';
export { joinSockets, TcpRelay } from './tcp-relay.ts';

export { freePort } from './free-port.ts';
export { startMuteServer } from './mute-server.ts';
export { startPostgres, type TestPostgres } from './postgres.ts';
export { captureLogger, silentLogger } from './silent-logger.ts';
export { waitFor } from './wait-for.ts';

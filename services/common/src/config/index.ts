export { ConfigError, readConfig, WITH_OTHER_PROBLEMS } from './config.ts';
export { envSchema, parseHostPort, type PortRange } from './env-schema.ts';
export { withPassword } from './password.ts';

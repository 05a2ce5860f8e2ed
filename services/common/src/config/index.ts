export { ConfigError, readConfig } from './config.ts';
export { envSchema, parseHostPort } from './env-schema.ts';
export { withPassword } from './password.ts';

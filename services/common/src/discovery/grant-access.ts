// The main program of the container that makes the accounts of Consul. It goes on checking: a Consul that was restarted has forgotten them.
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { backoffMs, type BackoffLimits } from '../async/backoff.ts';
import { readConfig } from '../config/config.ts';
import { envSchema } from '../config/env-schema.ts';
import { runService } from '../service/run-service.ts';
import { trustProblem } from '../trust/server-trust.ts';
import { ConsulAccess } from './consul-access.ts';
import { checkDiscovery, consulTrustOf, discoveryShape } from './discovery.ts';

const CHECK_INTERVAL_MS = 2_000;
const BACKOFF: BackoffLimits = { firstMs: 250, maxMs: 2_000 };
/** The health check of the container looks for this file. */
const GRANTED = '/tmp/granted';

const { CONSUL_TLS_AUTHORITY, CONSUL_TLS_NAME } = discoveryShape;
const schema = z
  .object({
    CONSUL_URL: envSchema.url(['http', 'https']),
    CONSUL_TLS_AUTHORITY,
    CONSUL_TLS_NAME,
    CONSUL_MANAGEMENT_TOKEN: envSchema.secret(),
    CONSUL_MEDIA_TOKEN: envSchema.secret(),
    CONSUL_SIGNALING_TOKEN: envSchema.secret(),
    CONSUL_GATEWAY_TOKEN: envSchema.secret(),
    CONSUL_LOGS_TOKEN: envSchema.secret(),
    CONSUL_AGENT_TOKEN: envSchema.secret(),
    CONSUL_OPERATOR_TOKEN: envSchema.secret(),
  })
  .superRefine(checkDiscovery);

await runService('consul-access', async ({ env, logger, onStop }) => {
  const config = readConfig(schema, env);
  const access = new ConsulAccess({
    url: config.CONSUL_URL,
    trust: consulTrustOf(config),
    managementToken: config.CONSUL_MANAGEMENT_TOKEN,
  });
  const tokens = {
    media: config.CONSUL_MEDIA_TOKEN,
    signaling: config.CONSUL_SIGNALING_TOKEN,
    gateway: config.CONSUL_GATEWAY_TOKEN,
    logs: config.CONSUL_LOGS_TOKEN,
    agent: config.CONSUL_AGENT_TOKEN,
    operator: config.CONSUL_OPERATOR_TOKEN,
  };
  const stop = new AbortController();
  onStop('accounts', () => stop.abort());
  // Nothing else keeps this process alive.
  const pause = (ms: number) => delay(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  const keepGranted = async (): Promise<void> => {
    for (let failures = 0; !stop.signal.aborted;) {
      try {
        await access.grant(tokens);
        writeFileSync(GRANTED, '');
        failures = 0;
        await pause(CHECK_INTERVAL_MS);
      } catch (error) {
        failures += 1;
        logger.warn(
          { err: error, untrusted: trustProblem(error) },
          'the accounts of Consul cannot be made yet',
        );
        await pause(backoffMs(failures, BACKOFF));
      }
    }
  };
  void keepGranted();
});

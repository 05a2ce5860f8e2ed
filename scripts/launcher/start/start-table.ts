import process from 'node:process';
import type { Secrets } from '../../bootstrap/secrets.mjs';
import type { StartConfig, PortName } from './start-config.ts';
import { HOST } from '../services/node-service.ts';
import {
  gatewayService,
  logsService,
  mediaService,
  signalingService,
  uiService,
} from '../services/parley-services.ts';
import type { SystemFacts } from '../services/parley-services.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import type { Workplace } from '../users/workplace.ts';

export interface StartTableInput {
  readonly config: StartConfig;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  /** Undefined with a database of the operator's own. */
  readonly accountsDatabaseUrl: string | undefined;
  /** Whether the database is one of the services. */
  readonly ownsDatabase: boolean;
  readonly origins: readonly string[];
  readonly workplace: Workplace;
}

/** The services of `npm start`, in the order in which they start: one instance of each, at fixed addresses. */
export function startTable(input: StartTableInput): ServiceSpec[] {
  const { config, ports, secrets, databaseUrl, ownsDatabase, origins, workplace } = input;
  const turnSecret = process.env.TURN_SECRET;
  const iceEnv: Record<string, string> = turnSecret ? { TURN_SECRET: turnSecret } : {};
  const facts: SystemFacts = {
    secrets,
    databaseUrl,
    accountsDatabaseUrl: input.accountsDatabaseUrl,
    origins,
    workplace,
    certificates: workplace.certificates(),
    isDev: config.isDev,
    env: {},
    iceEnv,
  };
  return [
    mediaService(
      facts,
      { name: 'media', after: [], port: ports.MEDIA_GRPC_PORT, adminPort: ports.MEDIA_ADMIN_PORT },
      config.rtc,
    ),
    signalingService(facts, {
      name: 'signaling',
      after: ownsDatabase ? ['postgres', 'media'] : ['media'],
      port: ports.SIGNALING_PORT,
      grpcPort: ports.SIGNALING_GRPC_PORT,
      adminPort: ports.SIGNALING_ADMIN_PORT,
      env: { MEDIA_ADDRESSES: `${HOST}:${ports.MEDIA_GRPC_PORT}` },
    }),
    gatewayService(facts, {
      name: 'gateway',
      after: ['signaling'],
      port: ports.GATEWAY_PORT,
      adminPort: ports.GATEWAY_ADMIN_PORT,
      env: { SIGNALING_ADDRESSES: `${HOST}:${ports.SIGNALING_GRPC_PORT}` },
    }),
    uiService(facts, { name: 'ui', after: [], port: ports.UI_PORT, adminPort: ports.UI_ADMIN_PORT }),
    logsService(facts, { name: 'logs', after: [], port: ports.LOGS_PORT, adminPort: ports.LOGS_ADMIN_PORT }),
  ];
}

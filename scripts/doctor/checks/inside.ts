import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GrpcClient, type GrpcCertificates } from '@parley/common/grpc';
import { createLogger } from '@parley/common/logging';
import { createMetrics } from '@parley/common/service';
import { CERTIFIED_NAMES } from '@parley/proto/grpc';
import { MediaService } from '@parley/proto/media-rpc';
import { RoomService } from '@parley/proto/room-rpc';
import { ROOT } from '../../lib/paths.mjs';
import { SERVER_NAMES } from '../../lib/service-certificates.mjs';
import type { DeployedService, Deployment } from '../deployment.ts';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';
import { reasonOf } from '../http.ts';

const RENEW_WITHIN_DAYS = 60;
const DAY_MS = 86_400_000;
const TIMEOUT_MS = 3_000;
const OPEN_TO_OTHERS = 0o007;

/** The gRPC servers, by the beginning of their variables. */
const SERVERS = [
  { name: 'media', service: MediaService },
  { name: 'signaling', service: RoomService },
] as const;

/** Checks the certificates by which the services know each other, and asks each service with the doctor's own how it is. */
export const inside: Check = {
  title: 'Services',
  async run(deployment) {
    const folder = certificateFolder(deployment);
    if (folder === undefined) return skipped('they know each other by secrets, not by certificates');
    // `npm start` has no servers besides its own services.
    const servers = SERVER_NAMES.filter((name) => existsSync(join(folder, name)));
    const names = [...CERTIFIED_NAMES, ...servers];
    const findings = names.flatMap((name) => certificateProblems(folder, name));
    if (findings.length > 0) return verdict(findings, '');
    if (!deployment.isInside)
      return verdict([], 'have certificates; their own health checks ask how they are');
    const own = ownCertificates(folder);
    const answers = SERVERS.flatMap(({ name, service }) =>
      deployment.services
        .filter((each) => each.name.replace(/-\d+$/, '') === name)
        .map((each) => problemsOf(each, service, own)),
    );
    return verdict((await Promise.all(answers)).flat(), 'have certificates and answer the doctor');
  },
};

/** Each service has a folder in it. In containers the folder of this machine has another path. */
function certificateFolder({ services }: Deployment): string | undefined {
  const paths = services.flatMap(({ env }) => env.INTERNAL_TLS_CERTIFICATE_FILE ?? []);
  const here = paths.find((path) => existsSync(path));
  if (here !== undefined) return dirname(dirname(here));
  return paths.length > 0 ? join(ROOT, '.parley', 'tls') : undefined;
}

function certificateProblems(folder: string, name: string): Finding[] {
  const again = 'Start Parley again, which makes it anew; in containers run `npm run compose:env` before.';
  const [certificatePath, keyPath] = ['certificate.pem', 'key.pem'].map((file) => join(folder, name, file));
  if (!certificatePath || !keyPath || !existsSync(certificatePath) || !existsSync(keyPath))
    return [certificateFault(`${name} has no certificate in ${join(folder, name)}.`, again)];
  const { validTo } = new X509Certificate(readFileSync(certificatePath));
  const days = Math.floor((Date.parse(validTo) - Date.now()) / DAY_MS);
  return [
    ...(days < RENEW_WITHIN_DAYS
      ? [certificateFault(`The certificate of ${name} for the services ends on ${validTo}.`, again)]
      : []),
    ...((statSync(keyPath).mode & OPEN_TO_OTHERS) !== 0
      ? [certificateFault(`${keyPath} can be read by everybody.`, `chmod 600 ${keyPath}`)]
      : []),
  ];
}

function ownCertificates(folder: string): GrpcCertificates {
  const [authority = '', certificate = '', key = ''] = ['authority.pem', 'certificate.pem', 'key.pem'].map(
    (file) => readFileSync(join(folder, 'doctor', file), 'utf8'),
  );
  return { authority, certificate, key };
}

async function problemsOf(
  { name, env }: DeployedService,
  service: typeof MediaService | typeof RoomService,
  certificates: GrpcCertificates,
): Promise<Finding[]> {
  const prefix = service === MediaService ? 'MEDIA' : 'SIGNALING';
  const address = `${env[`${prefix}_GRPC_HOST`]}:${env[`${prefix}_GRPC_PORT`]}`;
  const client = GrpcClient.create(service, address, {
    certificates,
    logger: createLogger({ service: 'doctor', level: 'silent' }),
    metrics: createMetrics('doctor'),
    timeoutMs: TIMEOUT_MS,
  });
  try {
    if (await client.isServing()) return [];
    return [callFault(`${name} says that it is not ready.`, `Its log says why.`)];
  } catch (error) {
    return [
      callFault(
        `${name} at ${address} does not take the doctor's certificate (${reasonOf(error)}).`,
        'Start the service again, so that it reads the present certificates.',
      ),
    ];
  } finally {
    client.close();
  }
}

function certificateFault(what: string, fix: string): Finding {
  return { code: 'internal-certificate', what, fix };
}

function callFault(what: string, fix: string): Finding {
  return { code: 'internal-call', what, fix };
}

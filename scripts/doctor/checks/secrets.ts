import { statSync } from 'node:fs';
import { valuesOf, type DeployedService, type Deployment } from '../deployment.ts';
import { verdict, type Check, type Finding } from '../finding.ts';

const LEAST_CHARACTERS = 32;
const OPEN_TO_OTHERS = 0o077;
/**
 * Example words and single characters, once or repeated, that people leave in place. The whole value must match: a
 * random secret may begin with such a word.
 */
const KNOWN_TO_ALL =
  /^(?:(?:change.?me|secret|password|example|default|parley|test|admin)[-_. ]?)+\d*$|^(.)\1*$/i;

/** The services that need each secret. All of them must have the same value. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  SIGNALING_GRPC_SECRET: ['signaling', 'gateway'],
  MEDIA_GRPC_SECRET: ['media', 'signaling'],
  JOIN_TOKEN_SECRET: ['signaling'],
  IDENTITY_KEY: ['gateway'],
  LOG_KEY: ['media', 'signaling', 'gateway', 'logs'],
};
/** Secrets that a service does not need if it has a certificate. */
const WITHOUT_CERTIFICATE = ['SIGNALING_GRPC_SECRET', 'MEDIA_GRPC_SECRET'];
const HOW_TO_MAKE = 'Make one with `openssl rand -base64 32`';

/** Finds secrets that are missing, weak, different between services, or readable by other users. */
export const secrets: Check = {
  title: 'Secrets',
  async run(deployment) {
    const findings = [
      ...Object.keys(NEEDED).flatMap((variable) => problemsOf(deployment, variable)),
      ...deployment.secretFiles.flatMap(readableByOthers),
    ];
    return verdict(findings, 'set, long enough, the same everywhere, and private');
  },
};

function problemsOf(deployment: Deployment, variable: string): Finding[] {
  const needing = deployment.services.filter(
    ({ name, env }) =>
      NEEDED[variable]?.includes(baseName(name)) &&
      !(WITHOUT_CERTIFICATE.includes(variable) && hasCertificate(env)),
  );
  const without = needing.filter(({ env }) => !env[variable]).map(({ name }) => name);
  const values = valuesOf(deployment, variable);
  const findings: Finding[] = [];
  if (without.length > 0)
    findings.push(fault(`${variable} is not set for ${without.join(', ')}.`, `${HOW_TO_MAKE} and set it.`));
  if (values.size > 1)
    findings.push(
      fault(
        `${variable} is not the same everywhere: ${[...values.values()].map((names) => names.join(' and ')).join(' differs from ')}.`,
        'Give all services the same value and restart them.',
      ),
    );
  for (const [value, names] of values) {
    if (value.length >= LEAST_CHARACTERS && !KNOWN_TO_ALL.test(value)) continue;
    const why =
      value.length < LEAST_CHARACTERS ? `shorter than ${LEAST_CHARACTERS} characters` : 'easy to guess';
    findings.push(fault(`${variable} of ${names.join(', ')} is ${why}.`, `${HOW_TO_MAKE} and replace it.`));
  }
  return findings;
}

function hasCertificate(env: DeployedService['env']): boolean {
  return Boolean(env.INTERNAL_TLS_CERTIFICATE ?? env.INTERNAL_TLS_CERTIFICATE_FILE);
}

/** The name of the service, without the number of its instance. */
function baseName(service: string): string {
  return service.replace(/-\d+$/, '');
}

function readableByOthers(file: string): Finding[] {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined || (status.mode & OPEN_TO_OTHERS) === 0) return [];
  return [fault(`${file} holds secrets and can be read by others.`, `chmod 600 ${file}`)];
}

function fault(what: string, fix: string): Finding {
  return { code: 'secret', what, fix };
}

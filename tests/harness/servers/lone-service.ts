import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrpcCertificates } from '@parley/common/grpc';
import { CONSUL_TOKENS } from '@parley/common/testing';
import { CERTIFIED_NAMES, type CertifiedName } from '@parley/proto/grpc';
import { ROOT } from '../../../scripts/lib/paths.mjs';
import { ensureServiceCertificates } from '../../../scripts/lib/service-certificates.mjs';

type LoneServiceOptions = {
  consulUrl: string;
  /** The folder of certificates, with one folder for each service. */
  certificates: string;
  env: Readonly<Record<string, string>>;
};

/** The gateway or signaling as a process of its own, as a deployment runs it: with its certificate and its token of Consul. */
export class LoneService {
  readonly #child: ChildProcess;

  constructor(service: 'gateway' | 'signaling', { consulUrl, certificates, env }: LoneServiceOptions) {
    const home = join(certificates, service);
    const { NODE_OPTIONS: _own, ...inherited } = process.env;
    this.#child = spawn(process.execPath, [join(ROOT, 'services', service, 'src', 'main.ts')], {
      env: {
        ...inherited,
        LOG_LEVEL: 'error',
        CONSUL_URL: consulUrl,
        CONSUL_TOKEN: CONSUL_TOKENS[service],
        INTERNAL_TLS_AUTHORITY_FILE: join(home, 'authority.pem'),
        INTERNAL_TLS_CERTIFICATE_FILE: join(home, 'certificate.pem'),
        INTERNAL_TLS_KEY_FILE: join(home, 'key.pem'),
        ...env,
      },
      stdio: 'ignore',
    });
  }

  /** Resolves when the process ends by itself. */
  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

/** Makes the certificates of an installation in a folder, and reads them. */
export function makeCertificates(folder: string): Record<CertifiedName, GrpcCertificates> {
  const made = ensureServiceCertificates(folder, CERTIFIED_NAMES);
  return Object.fromEntries(
    [...made].map(([name, { authorityPath, certificatePath, keyPath }]) => [
      name,
      {
        authority: readFileSync(authorityPath, 'utf8'),
        certificate: readFileSync(certificatePath, 'utf8'),
        key: readFileSync(keyPath, 'utf8'),
      },
    ]),
  ) as Record<CertifiedName, GrpcCertificates>;
}

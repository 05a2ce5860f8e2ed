import { readFileSync } from 'node:fs';
import type { GrpcCertificates } from '@parley/common/grpc';
import type { ServerProof } from '@parley/common/testing';
import { ensureServiceCertificates, SERVER_NAMES } from '../../../scripts/lib/service-certificates.mjs';

const YEAR_MS = 365 * 86_400_000;

export type ServerName = 'postgres' | 'redis' | 'consul';

/** What a real server proves itself with, and the same as texts, for a false one. */
export type MadeProof = ServerProof & { readonly texts: GrpcCertificates };

/** Makes the certificates of the servers of an installation in a folder. Those of six years ago have expired. */
export function makeServerProofs(folder: string, { yearsAgo = 0 } = {}): Record<ServerName, MadeProof> {
  const made = ensureServiceCertificates(folder, SERVER_NAMES, { now: Date.now() - yearsAgo * YEAR_MS });
  const proofs = [...made].map(([name, { authorityPath, certificatePath, keyPath }]) => {
    const [authority = '', certificate = '', key = ''] = [authorityPath, certificatePath, keyPath].map(
      (path) => readFileSync(path, 'utf8'),
    );
    const trust = { authority, name };
    return [name, { certificatePath, keyPath, trust, texts: { authority, certificate, key } }];
  });
  return Object.fromEntries(proofs) as Record<ServerName, MadeProof>;
}

import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { z } from 'zod';
import { envSchema } from '../config/env-schema.ts';
import { isCertificate } from '../trust/server-trust.ts';

/** The PEM texts by which one end of a call proves itself, and by which it knows the other end. */
export type GrpcCertificates = {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
};

/**
 * How the two ends of a call know each other: by certificates of one authority, or, for a service that somebody starts alone, by a
 * secret that the caller sends. A caller sends it to whoever answers, so each called service has a secret of its own.
 */
export type GrpcTrust = { certificates: GrpcCertificates } | { secret: string };

/** Variables of every service that calls or serves gRPC; spread them into the service's own schema. */
export const certificatesShape = {
  INTERNAL_TLS_AUTHORITY: envSchema
    .pem(isCertificate, 'a certificate')
    .optional()
    .describe(
      'the certificate of the authority that every service trusts. Set INTERNAL_TLS_AUTHORITY_FILE to its path',
    ),
  INTERNAL_TLS_CERTIFICATE: envSchema
    .pem(isCertificate, 'a certificate')
    .optional()
    .describe(
      'the certificate by which this service proves itself to the others (INTERNAL_TLS_CERTIFICATE_FILE)',
    ),
  INTERNAL_TLS_KEY: envSchema
    .pem(isKey, 'a private key')
    .optional()
    .describe('the key of that certificate (INTERNAL_TLS_KEY_FILE)'),
};

type CertificateVariables = Partial<Readonly<Record<keyof typeof certificatesShape, string | undefined>>>;

const NAMES = Object.keys(certificatesShape) as (keyof typeof certificatesShape)[];

/**
 * For `.superRefine(checkTrust(secrets), WITH_OTHER_PROBLEMS)`: all three variables of certificates, or each of the secrets. Says also
 * what a certificate lacks, because the other end would only close the connection.
 */
export function checkTrust<N extends string>(secrets: readonly N[]) {
  return (
    config: CertificateVariables & Partial<Record<N, string | undefined>>,
    context: z.core.$RefinementCtx,
  ): void => {
    const problem = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const isWrong = (name: string): boolean => context.issues.some(({ path }) => path?.[0] === name);
    if (NAMES.some(isWrong)) return;
    const missing = NAMES.filter((name) => config[name] === undefined);
    if (missing.length === NAMES.length)
      for (const name of secrets)
        if (config[name] === undefined && !isWrong(name))
          problem(name, 'is not set, and INTERNAL_TLS_CERTIFICATE is not either');
    if (missing.length > 0 && missing.length < NAMES.length)
      for (const name of missing) problem(name, 'is not set, but others of INTERNAL_TLS_… are');
    if (missing.length === 0) checkCertificate(certificatesOf(config), problem);
  };
}

function checkCertificate(
  given: GrpcCertificates | undefined,
  problem: (name: string, message: string) => void,
): void {
  if (given === undefined) return;
  const certificate = new X509Certificate(given.certificate);
  const name = 'INTERNAL_TLS_CERTIFICATE';
  if (!certificate.verify(new X509Certificate(given.authority).publicKey))
    problem(name, 'is not from the authority of INTERNAL_TLS_AUTHORITY');
  if (!certificate.checkPrivateKey(createPrivateKey(given.key)))
    problem('INTERNAL_TLS_KEY', 'is not the key of INTERNAL_TLS_CERTIFICATE');
  if (Date.parse(certificate.validTo) < Date.now()) problem(name, `was valid until ${certificate.validTo}`);
}

function certificatesOf(config: CertificateVariables): GrpcCertificates | undefined {
  const [authority, certificate, key] = NAMES.map((name) => config[name]);
  if (authority === undefined || certificate === undefined || key === undefined) return undefined;
  return { authority, certificate, key };
}

/** The certificates of a checked configuration, or the secret where it has none. */
export function trustOf(config: CertificateVariables, secret: string | undefined): GrpcTrust {
  const certificates = certificatesOf(config);
  if (certificates !== undefined) return { certificates };
  if (secret === undefined) throw new TypeError('neither certificates nor a secret are configured');
  return { secret };
}

function isKey(text: string): boolean {
  try {
    return createPrivateKey(text) !== undefined;
  } catch {
    return false;
  }
}

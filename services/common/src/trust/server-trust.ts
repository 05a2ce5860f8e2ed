import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';

/** How a server that is not ours (Consul, Redis, PostgreSQL) has to prove itself before it is sent a secret. */
export type ServerTrust = {
  /** The certificate of the authority, PEM. Where absent, the authorities that this machine knows. */
  readonly authority?: string | undefined;
  /** The name in the certificate. Where absent, the host of the address. */
  readonly name?: string | undefined;
};

/** The options of a TLS connection to a server of this trust at this host. The connection fails if the server does not prove itself. */
export function tlsOptionsOf({ authority, name }: ServerTrust, host: string): ConnectionOptions {
  const wanted = name ?? host.replace(/^\[(.*)\]$/, '$1');
  return {
    ...(authority !== undefined && { ca: authority }),
    ...(name !== undefined && { servername: name }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    // Drivers put the host of the address in the place of `servername`.
    checkServerIdentity: (_host, certificate) => checkServerIdentity(wanted, certificate),
  };
}

const UNKNOWN_AUTHORITY = 'its certificate is from an authority that is not trusted here';
const NO_TLS = 'it does not speak TLS';

const PROBLEMS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

/** Why a server has not proven itself, in words; `undefined` if the error is another one. */
export function trustProblem(error: unknown): string | undefined {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && PROBLEMS[code] !== undefined) return PROBLEMS[code];
  // The driver of PostgreSQL has no code for it.
  return message === 'The server does not support SSL connections' ? NO_TLS : undefined;
}

/** Whether the text is a certificate in the form of PEM. */
export function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}

import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import pg from 'pg';

/** What pg's client has and its types do not show. A test with a false server notices if it is gone. */
type Inner = {
  readonly connection: { readonly stream: Socket | TLSSocket; emit(event: 'error', error: Error): void };
  _handleAuthCleartextPassword(message: unknown): void;
  _handleAuthMD5Password(message: unknown): void;
};

const Client = pg.Client as unknown as new (config?: string | pg.ClientConfig) => pg.Client & Inner;

/**
 * The password itself, or its MD5, goes only to a server that has proven itself by TLS, or that is behind a socket of this machine's
 * files. To all others the client only proves that it knows the password (SCRAM). pg would send whatever the server asks for.
 */
export class WaryClient extends Client {
  override _handleAuthCleartextPassword(message: unknown): void {
    if (this.#mayTell('the password itself')) super._handleAuthCleartextPassword(message);
  }

  override _handleAuthMD5Password(message: unknown): void {
    if (this.#mayTell('the MD5 of the password')) super._handleAuthMD5Password(message);
  }

  #mayTell(what: string): boolean {
    const { stream } = this.connection;
    if (('authorized' in stream && stream.authorized) || this.host.startsWith('/')) return true;
    this.connection.emit('error', new UnprovenServerError(what));
    return false;
  }
}

export class UnprovenServerError extends Error {
  override readonly name = 'UnprovenServerError';

  constructor(what: string) {
    super(
      `PostgreSQL asks for ${what} and has not proven itself. Have it use scram-sha-256, or TLS with DATABASE_TLS_AUTHORITY`,
    );
  }
}

import { tlsOptionsOf, type ServerTrust } from '../trust/server-trust.ts';
import { mapDatabaseError } from './database-errors.ts';
import { WaryClient } from './wary-client.ts';

const NAME = /^[a-z][a-z0-9_]{0,40}$/;
const TIMEOUT_MS = 3_000;

type Server = {
  /** The address with a role that may make roles. */
  databaseUrl: string;
  /** How the server has to prove itself. */
  trust?: ServerTrust | undefined;
};

type SchemaOwner = {
  /** A role that may log in, own the schema, and do nothing else. */
  role: string;
  password: string;
  schema: string;
};

/**
 * Makes a role and its schema, so that a service reaches its own tables and no others. Repeating it is harmless, and gives the role the
 * password.
 */
export async function ensureSchemaOwner(
  { databaseUrl, trust }: Server,
  { role, password, schema }: SchemaOwner,
): Promise<void> {
  if (!NAME.test(role) || !NAME.test(schema)) throw new TypeError(`not a name: ${role}, ${schema}`);
  const client = new WaryClient({
    connectionString: databaseUrl,
    ...(trust && { ssl: tlsOptionsOf(trust, new URL(databaseUrl).hostname) }),
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('parley:schema-owner'))`);
    const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (rows.length === 0) await client.query(`CREATE ROLE "${role}"`);
    const rights = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION';
    await client.query(`ALTER ROLE "${role}" WITH ${rights} PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}" AUTHORIZATION "${role}"`);
    await client.query('COMMIT');
  } catch (error) {
    throw mapDatabaseError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

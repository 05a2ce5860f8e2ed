import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '@parley/common/postgres';
import { freePort, silentLogger, startPostgres, waitFor, type TestPostgres } from '@parley/common/testing';
import { ROUTES } from '@parley/proto/rest';
import { EVERYTHING_OPEN } from '../src/accounts/account-policy.ts';
import { Accounts } from '../src/accounts/accounts.ts';
import { AccountServer, outcome, PASSWORD } from './account-harness.ts';
import { IDENTITY_KEY, RoomOwner, startGateway } from './gateway-harness.ts';

const createRoom = ROUTES.createRoom.path;

describe('while PostgreSQL is away', () => {
  let postgres: TestPostgres;
  let server: AccountServer;

  beforeEach(async () => {
    postgres = await startPostgres();
    server = await AccountServer.create(postgres);
  });
  afterEach(async () => {
    await server.close();
    await postgres.stop();
  });

  test('guests go on, accounts keep their names in rooms, and account routes are unavailable', async () => {
    const ada = await server.setUp();
    // This server does not wait for its disk, and a killed one may have forgotten the last moment.
    await server.accounts.database.query('CHECKPOINT');
    await postgres.kill();
    expect(await outcome(server.browser().post(createRoom, {}))).toBe('201');
    expect(await outcome(ada.post(createRoom, {}))).toBe('201');
    expect(server.owner.calls.at(-1)?.request).toMatchObject({
      caller: { identity: `account:${ada.session?.account.id}`, accountName: 'Ada', isOperator: false },
    });
    expect(await outcome(ada.get(ROUTES.getAccount.path))).toBe('503 unavailable');
    expect(await outcome(ada.get(ROUTES.listAccounts.path))).toBe('503 unavailable');
    expect(await outcome(ada.refresh())).toBe('503 unavailable');
    expect(await outcome(ada.logIn('operator@example.com'))).toBe('503 unavailable');
    expect(await (await ada.get(ROUTES.getAccountOptions.path)).json()).toMatchObject({ guests: true });
    await expect(server.accounts.database.check()).rejects.toMatchObject({ code: 'unavailable' });

    await postgres.restart();
    expect(await outcome(ada.refresh())).toBe('200');
    expect(await outcome(ada.get(ROUTES.listAccounts.path))).toBe('200');
  });
});

test('a gateway that starts before PostgreSQL has accounts once PostgreSQL is there', async () => {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase('late');
  await postgres.kill();
  const pool = createPool({ databaseUrl, logger: silentLogger });
  const accounts = await Accounts.create({
    pool,
    secret: IDENTITY_KEY,
    policy: EVERYTHING_OPEN,
    rateFactor: 0,
    logger: silentLogger,
  });
  const gateway = await startGateway({ signaling: [], accounts });
  const options = async () => (await gateway.get(ROUTES.getAccountOptions.path)).json();
  expect(await options()).toMatchObject({ available: false, setupNeeded: false });
  await postgres.restart();
  await waitFor(async () => ((await options()) as { available: boolean }).available);
  const { setupCode } = accounts.keys;
  const body = { email: 'ada@example.com', password: PASSWORD, displayName: 'Ada', setupCode };
  expect(await outcome(gateway.post(ROUTES.register.path, body))).toBe('200');
  await gateway.close();
  await accounts.close();
  await pool.close();
  await postgres.stop();
});

test('a gateway without a database of accounts serves guests, and says that it has no accounts', async () => {
  const owner = await RoomOwner.create();
  const gateway = await startGateway({ signaling: [owner.address] });
  expect(await outcome(gateway.post(createRoom, {}))).toBe('201');
  const body = { email: 'ada@example.com', password: PASSWORD };
  expect(await outcome(gateway.post(ROUTES.logIn.path, body))).toBe('503 unavailable');
  expect(await outcome(gateway.get(ROUTES.getAccount.path, { authorization: 'Bearer a.b.c' }))).toBe(
    '401 unauthenticated',
  );
  expect(await (await gateway.get(ROUTES.getAccountOptions.path)).json()).toMatchObject({ available: false });
  await gateway.close();
  await owner.close();
});

test('a database that cannot be brought up to date stops the start', async () => {
  const postgres = await startPostgres();
  const pool = createPool({ databaseUrl: await postgres.createDatabase('newer'), logger: silentLogger });
  const options = {
    pool,
    secret: IDENTITY_KEY,
    policy: EVERYTHING_OPEN,
    rateFactor: 0,
    logger: silentLogger,
  };
  await (await Accounts.create(options)).close();
  await pool.query(`INSERT INTO accounts.applied_migrations (name, checksum) VALUES ('9999_later.sql', 'x')`);
  await expect(Accounts.create(options)).rejects.toThrow(/newer version/);
  await pool.close();
  await postgres.stop();
});

test('a port where nothing listens is no reason to wait', async () => {
  const pool = createPool({
    databaseUrl: `postgres://p@127.0.0.1:${await freePort()}/p`,
    logger: silentLogger,
  });
  const options = {
    pool,
    secret: IDENTITY_KEY,
    policy: EVERYTHING_OPEN,
    rateFactor: 0,
    logger: silentLogger,
  };
  const accounts = await Accounts.create(options);
  await expect(accounts.database.check()).rejects.toMatchObject({ code: 'unavailable' });
  await accounts.close();
  await pool.close();
});

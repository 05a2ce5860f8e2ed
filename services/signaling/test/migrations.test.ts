import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool, migrate, type DatabasePool } from '@parley/common/postgres';
import { silentLogger as logger, startPostgres, type TestPostgres } from '@parley/common/testing';

const DIRECTORY = path.resolve(import.meta.dirname, '../migrations');

/** A database as it was before a migration, with what people did meanwhile. */
describe('a migration', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-migrations-'));
  let postgres: TestPostgres;
  let pool: DatabasePool;
  let databases = 0;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 180_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    databases += 1;
    pool = createPool({ databaseUrl: await postgres.createDatabase(`migrations${databases}`), logger });
  });
  afterEach(() => pool.close());

  /** Only the files before this one. */
  async function migrateBefore(name: string): Promise<void> {
    const directory = path.join(folder, name);
    cpSync(DIRECTORY, directory, {
      recursive: true,
      filter: (file) => !file.endsWith('.sql') || path.basename(file) < name,
    });
    await migrate(pool, { schema: 'rooms', directory, logger });
  }

  test('finds the people of the reactions that there are, as far as the attendance knows them', async () => {
    await migrateBefore('0021_people_of_reactions.sql');
    await pool.query(`INSERT INTO rooms.rooms (code, title) VALUES ('abc', ''), ('xyz', '')`);
    const attend = (room: string, peer: string, identity: string | null) =>
      pool.query(
        `INSERT INTO rooms.call_sessions (session_id, room_code, peer_id, display_name, joined_at, last_seen_at, identity)
         VALUES (gen_random_uuid(), $1, $2, '', now(), now(), $3)`,
        [room, peer, identity],
      );
    await attend('abc', 'ada', 'account:ada');
    await attend('abc', 'bob', 'browser:bob');
    await attend('abc', 'nobody', null);
    await attend('xyz', 'eve', 'account:eve');
    const say = (body: string, reactions: unknown[]) =>
      pool.query(
        `INSERT INTO rooms.chat_messages (message_id, room_code, client_message_id, from_peer_id, from_name, body, reactions)
         VALUES (gen_random_uuid(), 'abc', gen_random_uuid(), 'ada', 'Ada', $1, $2)`,
        [body, JSON.stringify(reactions)],
      );
    await say('plain', []);
    await say('liked', [
      { emoji: '👍', peerIds: ['ada', 'gone', 'nobody', 'eve'] },
      { emoji: '🎉', peerIds: ['bob', 'ada'] },
    ]);
    await migrate(pool, { schema: 'rooms', directory: DIRECTORY, logger });
    const { rows } = await pool.query('SELECT body, reactors FROM rooms.chat_messages ORDER BY seq');
    expect(rows).toEqual([
      { body: 'plain', reactors: {} },
      { body: 'liked', reactors: { ada: 'account:ada', bob: 'browser:bob' } },
    ]);
  });
});

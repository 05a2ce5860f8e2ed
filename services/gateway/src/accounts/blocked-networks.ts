import { randomUUID } from 'node:crypto';
import { clientKey } from '@parley/common/limits';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { BlockedAddress } from '@parley/proto/rest';
import type { AccountDatabase } from './store/account-database.ts';

const FRESH_MS = 10_000;
const BLOCKS_MAX = 1_000;
const DAY_MS = 86_400_000;

type Row = { block_id: string; network: string; note: string; blocked_at: Date; ends_at: Date };

type BlockedNetworksOptions = { database: AccountDatabase; logger: Logger; now: () => number };

/** The networks that an operator has blocked. Every gateway keeps a copy, which also holds while the database is away. */
export class BlockedNetworks {
  readonly #options: BlockedNetworksOptions;
  /** When each block ends, by its network. */
  #ends: ReadonlyMap<string, number> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(options: BlockedNetworksOptions) {
    this.#options = options;
  }

  /** Looks into the copy of the list, which is renewed in the background. */
  isBlocked(address: string): boolean {
    const now = this.#options.now();
    if (now - this.#readAt >= FRESH_MS) void this.refresh();
    return (this.#ends.get(clientKey(address)) ?? 0) > now;
  }

  /** Reads the blocks that other gateways have made. While the database is away the old copy stays. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read()
      .catch((error: unknown) => {
        this.#readAt = this.#options.now();
        this.#options.logger.debug({ err: error }, 'blocked networks not read');
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async list(): Promise<BlockedAddress[]> {
    const { rows } = await this.#options.database.query<Row>(
      'SELECT * FROM accounts.blocked_networks WHERE ends_at > $1 ORDER BY blocked_at DESC LIMIT $2',
      [new Date(this.#options.now()), BLOCKS_MAX],
    );
    return rows.map(fromRow);
  }

  /** Rejects with `conflict` for the network that the operator uses, or if there are too many blocks. */
  async block(
    wanted: { address: string; note: string; days: number },
    ownAddress: string,
  ): Promise<BlockedAddress> {
    const network = clientKey(wanted.address);
    if (network === clientKey(ownAddress))
      throw new ParleyError('conflict', 'That is your own network: you would lock yourself out.');
    if ((await this.list()).length >= BLOCKS_MAX)
      throw new ParleyError('conflict', 'There are too many blocks.');
    const now = this.#options.now();
    const { rows } = await this.#options.database.query<Row>(
      `INSERT INTO accounts.blocked_networks (block_id, network, note, blocked_at, ends_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (network) DO UPDATE SET note = $3, blocked_at = $4, ends_at = $5 RETURNING *`,
      [randomUUID(), network, wanted.note, new Date(now), new Date(now + wanted.days * DAY_MS)],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('The database returned no row.');
    await this.#read();
    return fromRow(row);
  }

  /** Rejects with `not_found`. */
  async unblock(blockId: string): Promise<void> {
    const { rowCount } = await this.#options.database.query(
      'DELETE FROM accounts.blocked_networks WHERE block_id = $1',
      [blockId],
    );
    if (rowCount !== 1) throw new ParleyError('not_found');
    await this.#read();
  }

  async deleteOver(): Promise<void> {
    await this.#options.database.query('DELETE FROM accounts.blocked_networks WHERE ends_at <= $1', [
      new Date(this.#options.now()),
    ]);
  }

  async #read(): Promise<void> {
    const blocks = await this.list();
    this.#ends = new Map(blocks.map(({ network, endsAt }) => [network, endsAt]));
    this.#readAt = this.#options.now();
  }
}

function fromRow(row: Row): BlockedAddress {
  return {
    id: row.block_id,
    network: row.network,
    note: row.note,
    blockedAt: row.blocked_at.getTime(),
    endsAt: row.ends_at.getTime(),
  };
}

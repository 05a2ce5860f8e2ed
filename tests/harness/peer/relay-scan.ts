import { waitFor } from '@parley/common/testing';
import type { TurnClient } from './turn-client.ts';

const ROUNDS = 3;

/**
 * The ports at an address that answer through the relay of this client, which may send there.
 *
 * @param last A port that answers. It is asked after all others: when its answer is here, so is every other that comes.
 */
export async function answeringPorts(
  relay: TurnClient,
  address: string,
  ports: readonly number[],
  last: number,
): Promise<number[]> {
  const scan = `scan ${Math.random()}`;
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const port of ports) relay.send(address, port, scan);
    const end = `${scan} round ${round}`;
    await waitFor(
      () => {
        relay.send(address, last, end);
        return relay.received.some(({ from, data }) => from === last && data === end);
      },
      { what: `port ${last} of ${address} to answer through the relay` },
    );
  }
  const answered = new Set(relay.received.filter(({ data }) => data === scan).map(({ from }) => from));
  return ports.filter((port) => answered.has(port));
}

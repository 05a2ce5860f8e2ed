import type { IceServer } from '@parley/proto/rtp';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { TurnClient } from '../../tests/harness/peer/turn-client.ts';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { Visitor } from '../frame/visitor.ts';
import { onTurn, TOTAL_QUOTA, USER_QUOTA, type TurnSystem } from './servers.ts';

const ROOMS = 10;
const GUESTS_PER_ROOM = 3;
/** The TURN names that one address has; see `turnName`. */
const NAMES = 4;
const GRANTED = 0;
const QUOTA_REACHED = 486;

export const TURN_RELAYS = onTurn({
  name: 'turn-relays',
  description: 'Thirty guests of one address, in ten rooms, take all TURN relays that they get.',
  async run(system): Promise<Finding[]> {
    const attacker = new Visitor(system);
    const guests: RawPeer[] = [];
    const clients: TurnClient[] = [];
    const ask = async (servers: readonly IceServer[]): Promise<number> => {
      const client = clientOf(system, servers);
      clients.push(client);
      return client.allocate();
    };
    try {
      const answers: number[] = [];
      for (let room = 0; room < ROOMS; room += 1) {
        const code = await attacker.createRoom();
        for (let guest = 0; guest < GUESTS_PER_ROOM; guest += 1) guests.push(await attacker.join(code));
      }
      // Each asks for one more than its name has, so that each is refused at the end.
      for (const { joined } of guests)
        for (let relay = 0; relay <= USER_QUOTA; relay += 1)
          answers.push(await ask(joined.snapshot.iceServers));
      const honest = new Visitor(system);
      const person = await honest.join(await honest.createRoom());
      guests.push(person);
      return [
        atMost(
          `of ${answers.length} relays asked for from one address, granted (of ${TOTAL_QUOTA})`,
          answers.filter((code) => code === GRANTED).length,
          NAMES * USER_QUOTA,
        ),
        atLeast('granted at all', answers.filter((code) => code === GRANTED).length, 1),
        atLeast('refused by the quota', answers.filter((code) => code === QUOTA_REACHED).length, 1),
        mustBe('the answer to an honest person', await ask(person.joined.snapshot.iceServers), GRANTED),
      ];
    } finally {
      for (const client of clients) client.close();
      for (const { socket } of guests) socket.close();
    }
  },
});

function clientOf({ turn }: TurnSystem, servers: readonly IceServer[]): TurnClient {
  const { username = '', credential = '' } = servers.find((server) => server.username !== undefined) ?? {};
  return new TurnClient('127.0.0.1', turn.port, { username, credential });
}

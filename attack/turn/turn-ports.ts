import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { NetworkNamespace } from '../../tests/harness/machine/network-namespace.ts';
import { answeringPorts } from '../../tests/harness/peer/relay-scan.ts';
import { TurnClient } from '../../tests/harness/peer/turn-client.ts';
import { EchoPorts } from '../../tests/harness/servers/echo-ports.ts';
import { TurnServer } from '../../tests/harness/servers/turn-server.ts';
import { atLeast, mustBe, type Attack, type Finding, type Scale, type Servers } from '../frame/attack.ts';

/** The machine of a media node and of its TURN server, on which many UDP ports answer. */
type Machine = {
  readonly network: NetworkNamespace;
  readonly turn: TurnServer;
  readonly secret: string;
};

const MEDIA = { first: 40_000, last: 40_003 };
const MEDIA_PORTS = [40_000, 40_001, 40_002, 40_003];
/** What usually listens on such a machine, and the neighbours of the media ports. */
const KNOWN_PORTS = [53, 123, 161, 500, 3478, 5000, 6379, 8500, 39_999, 40_004, 50_051, 65_535];
const RANDOM_PORTS = 500;
const CREDENTIAL_LIFETIME_S = 600;

const SERVERS: Servers<Machine> = {
  async start() {
    const network = NetworkNamespace.create();
    try {
      const secret = randomBytes(24).toString('hex');
      const { address: listenIp, within } = network;
      const turn = await TurnServer.start({
        listenIp,
        secret,
        within,
        env: { TURN_ALLOWED_PEERS: listenIp },
      });
      const machine = { network, turn, secret };
      setRules(machine);
      return machine;
    } catch (error) {
      network.close();
      throw error;
    }
  },
  async stop({ network, turn }) {
    await turn.stop();
    network.close();
  },
};

export const TURN_PORTS: Attack<Machine> = {
  name: 'turn-ports',
  description: 'A guest scans the machine of the media node through a TURN relay, over IPv4 and IPv6.',
  servers: SERVERS,
  async run(machine, scale): Promise<Finding[]> {
    const { network, turn } = machine;
    const scanned = portsToScan(scale).filter((port) => !isRelayPort(turn, port));
    const ports = await EchoPorts.open(scanned, network.within);
    const relay = new TurnClient(network.address, turn.port, credentials(machine));
    try {
      const granted = await relay.allocate();
      await relay.permit(network.address);
      const answered = await answeringPorts(relay, network.address, scanned, MEDIA.first);
      return [
        mustBe('the answer to the request for a relay', granted, 0),
        atLeast('ports that were scanned over IPv4 and IPv6', scanned.length, MEDIA_PORTS.length),
        mustBe('ports that answered over IPv4', answered.join(', '), MEDIA_PORTS.join(', ')),
        mustBe('ports that answered over IPv6', (await overIpv6(relay, machine, scanned)).join(', '), ''),
      ];
    } finally {
      relay.close();
      ports.close();
    }
  },
};

/** The ports that answer a relay which reaches for the IPv6 addresses of the machine, plain and mapped. */
async function overIpv6(
  relay: TurnClient,
  { network }: Machine,
  ports: readonly number[],
): Promise<number[]> {
  const text = 'over IPv6';
  for (const address of ['::1', `::ffff:${network.address}`, `::${network.address}`]) {
    await relay.permit(address).catch(() => undefined);
    for (const port of ports) relay.send(address, port, text);
  }
  // The packets of this call are answered after all those over IPv6.
  await answeringPorts(relay, network.address, [], MEDIA.first);
  return [...new Set(relay.received.filter(({ data }) => data === text).map(({ from }) => from))];
}

/** Sets the rules for relays on the other machine, as the stack sets them. */
function setRules({ network, turn }: Machine): void {
  const [first, last] = turn.relayPorts;
  const env = { PATH: process.env.PATH, TURN_MIN_PORT: String(first), TURN_MAX_PORT: String(last) };
  const script = join(ROOT, 'deploy', 'coturn', 'relay-ports.sh');
  const [program, ...args] = [...network.within, script, `${MEDIA.first}-${MEDIA.last}`];
  execFileSync(program, args, { env });
}

function portsToScan(scale: Scale): number[] {
  const random = Array.from({ length: scale === 'full' ? RANDOM_PORTS : 0 }, () => randomInt(1, 65_536));
  return [...new Set([...MEDIA_PORTS, ...KNOWN_PORTS, ...random])];
}

/** Whether a port belongs to coturn. */
function isRelayPort({ port: own, relayPorts: [first, last] }: TurnServer, port: number): boolean {
  return port === own || (port >= first && port <= last);
}

function credentials({ secret }: Machine) {
  const username = `${Math.floor(Date.now() / 1000) + CREDENTIAL_LIFETIME_S}:guest`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

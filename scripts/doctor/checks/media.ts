import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { checkOverTcp, checkOverUdp, type IceTarget } from '@parley/common/ice';
import { CallProbe } from '../call-probe.ts';
import type { Deployment } from '../deployment.ts';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';
import { reasonOf } from '../http.ts';

const ANSWER_TIMEOUT_MS = 3_000;
/** Rooms are spread over the workers: this many at once find most of the ports. */
const PROBES_MAX = 8;
/** The number of workers is unknown, so the check stops after this many rooms in a row that bring no new port. */
const PROBES_WITHOUT_NEWS = 3;

const ONLY_HERE = 'which only this machine itself can reach';

type Protocol = 'udp' | 'tcp';
type Path = IceTarget & { readonly protocol: Protocol; readonly answers: boolean };

/** Joins rooms of its own and sends an ICE check to every media port that the system offers, as a browser does. */
export const media: Check = {
  title: 'Media ports',
  async run(deployment) {
    const { origin } = deployment;
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const probes: CallProbe[] = [];
    try {
      await joinRooms(deployment, origin, probes);
      const paths = await tryPaths(probes);
      const findings = await judge(paths, new URL(origin).hostname);
      return verdict(findings, wellWords(paths));
    } catch (error) {
      return verdict([callFault(error)], '');
    } finally {
      await Promise.all(probes.map((probe) => probe.leave()));
    }
  },
};

/**
 * Adds each probe to `probes` once it has joined, so that the caller can let all of them leave after an error, too.
 */
async function joinRooms(deployment: Deployment, origin: string, probes: CallProbe[]): Promise<void> {
  const workers = workersOf(deployment);
  const ports = new Set<number>();
  for (let withoutNews = 0; probes.length < Math.min(workers ?? PROBES_MAX, PROBES_MAX);) {
    const probe = await CallProbe.join(origin);
    probes.push(probe);
    const before = ports.size;
    for (const { port } of probe.transport.iceCandidates) ports.add(port);
    withoutNews = ports.size > before ? 0 : withoutNews + 1;
    if (workers === undefined && withoutNews === PROBES_WITHOUT_NEWS) return;
  }
}

/** `undefined` if no service sets MEDIA_WORKERS. Each node then has one worker per core. */
function workersOf({ services }: Deployment): number | undefined {
  const workers = services.map(({ env }) => Number(env.MEDIA_WORKERS ?? 0));
  return workers.reduce((sum, count) => sum + count, 0) || undefined;
}

function callFault(error: unknown): Finding {
  return {
    code: 'call',
    what: `A call cannot be joined: ${reasonOf(error)}.`,
    fix: 'Look into the logs of signaling and media; `media_unavailable` and `at_capacity` mean that no media node takes it, `unavailable` that Redis, PostgreSQL or signaling is away.',
  };
}

async function tryPaths(probes: readonly CallProbe[]): Promise<Path[]> {
  const offered = new Map<string, IceTarget & { protocol: Protocol }>();
  for (const { transport } of probes) {
    const { usernameFragment, password } = transport.iceParameters;
    for (const { address, port, protocol } of transport.iceCandidates)
      offered.set(`${protocol} ${address} ${port}`, { address, port, protocol, usernameFragment, password });
  }
  return Promise.all(
    [...offered.values()].map(async (target) => {
      const check = target.protocol === 'udp' ? checkOverUdp : checkOverTcp;
      const answer = await check(target, { timeoutMs: ANSWER_TIMEOUT_MS });
      return { ...target, answers: answer === 'success' };
    }),
  );
}

/**
 * If no address can be reached, the addresses are wrong. If some can, the others may be for people elsewhere: a server behind a
 * NAT often cannot reach its own public address. Ports of an address that answers have to answer all.
 */
async function judge(paths: readonly Path[], hostname: string): Promise<Finding[]> {
  const addresses = [...new Set(paths.map(({ address }) => address))];
  const whys = new Map<string, string>();
  for (const address of addresses) {
    const why = await whyUnfit(address, hostname);
    if (why !== undefined) whys.set(address, why);
  }
  if (whys.size === addresses.length)
    return addresses.map((address) => addressFault(address, whys.get(address) ?? ''));
  const answering = addresses.filter(
    (address) =>
      whys.get(address) !== ONLY_HERE && paths.some((path) => path.address === address && path.answers),
  );
  if (answering.length === 0)
    return [
      addressFault(addresses.join(' and '), 'and no media port answers there, neither over UDP nor over TCP'),
    ];
  const here = paths.filter(({ address }) => answering.includes(address));
  return [...closedPorts(here, 'udp'), ...closedPorts(here, 'tcp')];
}

function closedPorts(paths: readonly Path[], protocol: Protocol): Finding[] {
  const closed = paths.filter((path) => path.protocol === protocol && !path.answers);
  if (closed.length === 0) return [];
  const ports = [...new Set(closed.map(({ port }) => port))].join(', ');
  const addresses = [...new Set(closed.map(({ address }) => address))].join(' and ');
  const name = protocol.toUpperCase();
  const consequence =
    protocol === 'udp'
      ? 'Media falls back to TCP, which stutters where packets are lost.'
      : 'People behind firewalls that block UDP need a TURN server to get in.';
  return [
    {
      code: protocol === 'udp' ? 'udp-port' : 'tcp-port',
      what: `${name} port ${ports} of ${addresses} does not answer. ${consequence}`,
      fix: `Open ${name} ${ports} in the firewall and, behind NAT, forward it to the media node.`,
    },
  ];
}

function addressFault(address: string, why: string): Finding {
  return {
    code: 'announced-address',
    what: `Browsers send media to ${address}, ${why}.`,
    fix: 'Set MEDIA_RTC_ANNOUNCED_ADDRESSES to the addresses of the media node that browsers can reach; check that its media ports are open.',
  };
}

async function whyUnfit(address: string, hostname: string): Promise<string | undefined> {
  if (address === '0.0.0.0' || address === '::') return 'which is no address of a machine';
  const edge = await resolve(hostname);
  if (edge === undefined || isIP(address) === 0) return undefined;
  if (isIn(LOOPBACK, address) && !isIn(LOOPBACK, edge)) return ONLY_HERE;
  const isHidden = isIn(PRIVATE, address) && !isIn(PRIVATE, edge) && !isIn(LOOPBACK, edge);
  return isHidden ? 'a private address that people outside cannot reach' : undefined;
}

async function resolve(hostname: string): Promise<string | undefined> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return host;
  return (await lookup(host).catch(() => undefined))?.address;
}

const LOOPBACK = blockList(['127.0.0.0/8', '::1/128']);
const PRIVATE = blockList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
]);

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

function wellWords(paths: readonly Path[]): string {
  const addresses = [...new Set(paths.map(({ address }) => address))];
  const words = addresses.map((address) => {
    const here = paths.filter((path) => path.address === address && path.answers);
    return `${address} ${here.length === 0 ? 'does not answer from here' : `answers on ${portsOf(here)}`}`;
  });
  if (!addresses.some((address) => address.includes(':'))) words.push('no IPv6 address is offered');
  return words.join('; ');
}

function portsOf(paths: readonly Path[]): string {
  const words = (['udp', 'tcp'] as const).flatMap((protocol) => {
    const ports = paths.filter((path) => path.protocol === protocol).map(({ port }) => port);
    const sorted = [...new Set(ports)].sort((a, b) => a - b);
    return sorted.length > 0 ? [`${protocol.toUpperCase()} ${sorted.join(', ')}`] : [];
  });
  return words.join(', ');
}

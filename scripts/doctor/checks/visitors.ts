import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';
import { ask } from '../http.ts';

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, bits);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/** How the edge sees a request of ours; nginx/snippets/locations.conf makes it. */
type View = { address: string; proxy: string };

/** Checks that the edge knows who visits. If everybody has one address, all people share the limits that are meant for one. */
export const visitors: Check = {
  title: 'Visitors',
  async run({ origin }) {
    if (origin === undefined) return skipped('no address is known; give one with --url');
    const answer = await ask(`${origin}/edge/visitor`).catch(() => undefined);
    const view = answer?.status === 200 ? readView(answer.body) : undefined;
    if (view === undefined) return skipped('only nginx of this project says whom it sees');
    const finding = problemOf(view);
    return verdict(finding ? [finding] : [], `the edge sees this machine as ${view.address}`);
  },
};

function readView(text: string): View | undefined {
  try {
    const { address, proxy } = JSON.parse(text) as Partial<Record<keyof View, unknown>>;
    if (typeof address !== 'string' || isIP(address) === 0 || typeof proxy !== 'string') return undefined;
    return { address, proxy };
  } catch {
    return undefined;
  }
}

function problemOf({ address, proxy }: View): Finding | undefined {
  if (proxy === 'unlisted') {
    return fault(
      `A proxy at ${address} stands before the edge, and the edge does not know it. All people count as one, and nobody sees /logs/ or /grafana/.`,
      `If the proxy is yours: EDGE_TRUSTED_PROXIES=${address}. If it is on the machine of the containers: EDGE_TRUSTED_PROXIES=gateway.`,
    );
  }
  if (proxy === 'silent') {
    return fault(
      `The proxy at ${address} does not say who visits. All people count as one.`,
      'Have it send X-Forwarded-For; deploy/proxy/ has examples.',
    );
  }
  if (!isPrivate(address) || addressesOfMachine().has(address)) return undefined;
  return fault(
    `The edge sees ${address} in place of this machine, and probably of everybody: a container engine without root, or a NAT, replaces addresses. All people share the limits that are meant for one.`,
    'Have the engine keep addresses; docs/operations/install.md, "Behind another proxy", says how.',
  );
}

function isPrivate(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function addressesOfMachine(): Set<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address)));
}

function fault(what: string, fix: string): Finding {
  return { code: 'visitor-address', what, fix };
}

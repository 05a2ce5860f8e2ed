import type { PortBook } from '../base/ports.ts';
import { HOST } from '../services/node-service.ts';
import { mediaService, signalingService } from '../services/parley-services.ts';
import type { SystemFacts } from '../services/parley-services.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';
import type { MediaPorts } from './relay-rules.ts';
import type { StackConfig } from './stack-config.ts';

/** The usual ports of the first instance. Those of the others follow. */
const FIRST_PORTS = {
  socket: 5_000,
  signalingGrpc: 50_152,
  signalingAdmin: 5_001,
  mediaGrpc: 50_051,
  mediaAdmin: 50_061,
  /** Behind those for links of sixteen nodes, with sixteen workers each. */
  probe: 43_501,
};

/** For the links of a node to the others: two for each room over two nodes, more if it is on several workers. */
const PIPE_PORTS_EACH = 200;
const HIGHEST_PORT = 65_535;

export interface SignalingPorts {
  readonly port: number;
  readonly grpcPort: number;
  readonly adminPort: number;
}

export async function pickSignalingPorts(book: PortBook, count: number): Promise<SignalingPorts[]> {
  const ports: SignalingPorts[] = [];
  while (ports.length < count) {
    const port = await book.pick(FIRST_PORTS.socket);
    const grpcPort = await book.pick(FIRST_PORTS.signalingGrpc);
    ports.push({ port, grpcPort, adminPort: await book.pick(FIRST_PORTS.signalingAdmin) });
  }
  return ports;
}

/** The instances of signaling. The peers of one room may be spread over them. `env` is about their servers. */
export function signalingInstances(
  facts: SystemFacts,
  env: Readonly<Record<string, string>>,
  ports: readonly SignalingPorts[],
  after: readonly string[],
): ServiceSpec[] {
  return ports.map((place, index) =>
    signalingService(facts, {
      ...place,
      name: `signaling-${index + 1}`,
      after,
      env,
    }),
  );
}

/** The media ports of all nodes: one row. */
export async function pickMediaPorts(
  { rtcPortBase, media, mediaWorkers, rtcListenIps }: StackConfig,
  book: PortBook,
): Promise<MediaPorts> {
  const count = media * mediaWorkers;
  const first = await book.pickRtcRow(rtcPortBase, count, rtcListenIps);
  return { first, last: first + count - 1 };
}

/** The media nodes. Each has a part of the media ports. */
export async function mediaNodes(
  facts: SystemFacts,
  config: StackConfig,
  book: PortBook,
  ports: MediaPorts,
): Promise<ServiceSpec[]> {
  const nodes: ServiceSpec[] = [];
  const probePort = config.regions.length > 0 ? await book.pick(FIRST_PORTS.probe) : 0;
  for (let index = 0; index < config.media; index += 1) {
    const name = `media-${index + 1}`;
    const place = {
      name,
      after: ['consul'],
      port: await book.pick(FIRST_PORTS.mediaGrpc),
      adminPort: await book.pick(FIRST_PORTS.mediaAdmin),
    };
    nodes.push(
      mediaService(facts, place, {
        workerPath: config.workerPath,
        workers: config.mediaWorkers,
        listenIps: config.rtcListenIps,
        announced: config.rtcAnnounced,
        portBase: ports.first + index * config.mediaWorkers,
        region: config.regions[index % config.regions.length],
        probePort,
        pipePorts: pipePorts(ports, config.media, index),
      }),
    );
  }
  return nodes;
}

/**
 * The ports for links of one of `nodes` media nodes: behind the media ports of all of them, or before those if there are not enough. TURN relays do not
 * reach them.
 */
export function pipePorts({ first, last }: MediaPorts, nodes: number, index: number): string {
  const isSpaceBehind = last + nodes * PIPE_PORTS_EACH <= HIGHEST_PORT;
  const begin = isSpaceBehind ? last + 1 : first - nodes * PIPE_PORTS_EACH;
  const own = begin + index * PIPE_PORTS_EACH;
  return `${own}-${own + PIPE_PORTS_EACH - 1}`;
}

export function addressesOf(ports: readonly SignalingPorts[]): string[] {
  return ports.map(({ port }) => `${HOST}:${port}`);
}

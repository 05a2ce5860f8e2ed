import { join } from 'node:path';
import type { Inspector } from './inspector.ts';
import { ROOT } from '../../../scripts/lib/paths.mjs';

/** How many objects the mediasoup workers report to hold. */
export type WorkerDump = {
  routers: number;
  channelHandlers: number;
  webRtcTransports: number;
  iceUsers: number;
};

const MODULES = join(ROOT, 'node_modules', 'mediasoup', 'node', 'lib');

const requireFrom = `process.getBuiltinModule('node:module').createRequire(${JSON.stringify(`${MODULES}/`)})`;
/*
 * The inspector can run an expression while mediasoup is writing a request. A dump that starts at that moment would be
 * written into that request, so the expression waits for the next turn of the event loop.
 */
const DUMP_OPEN = `function () {
  const dumpAll = () => Promise.all(this.filter((one) => !one.closed).map((one) => one.dump()));
  return new Promise((resolve) => setImmediate(resolve)).then(dumpAll);
}`;

/**
 * Finds the objects of mediasoup in the heap of the media service, and asks the workers through them. Undefined while a
 * worker is being replaced.
 */
export async function dumpWorkers(media: Inspector): Promise<WorkerDump | undefined> {
  const ask = async <T>(name: string): Promise<T[]> =>
    (await media.askObjects(`${requireFrom}('./${name}.js').${name}Impl.prototype`, DUMP_OPEN)) as T[];
  type Worker = { routerIds: string[]; channelMessageHandlers: { channelRequestHandlers: string[] } };
  type Server = { webRtcTransportIds: string[]; localIceUsernameFragments: unknown[] };
  const workers = await ask<Worker>('Worker');
  const servers = await ask<Server>('WebRtcServer');
  if (workers.length === 0 || servers.length !== workers.length) return undefined;
  const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
    items.reduce((total, item) => total + count(item), 0);
  return {
    routers: sum(workers, ({ routerIds }) => routerIds.length),
    channelHandlers: sum(
      workers,
      ({ channelMessageHandlers }) => channelMessageHandlers.channelRequestHandlers.length,
    ),
    webRtcTransports: sum(servers, ({ webRtcTransportIds }) => webRtcTransportIds.length),
    iceUsers: sum(servers, ({ localIceUsernameFragments }) => localIceUsernameFragments.length),
  };
}

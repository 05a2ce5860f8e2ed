/** The load of one worker. `cpu` is 0 to 1 of one core. */
export type WorkerLoad = {
  healthy: boolean;
  cpu: number;
  rooms: number;
  peers: number;
  consumers: number;
};

/** The load from which on a worker takes no more. `cpu` refuses new rooms only: calls in progress go on. */
export type WorkerLimits = {
  cpu: number;
  rooms: number;
  peers: number;
  consumers: number;
};

/** Whether a worker may take one more room. */
export function acceptsRoom(load: WorkerLoad, limits: WorkerLimits): boolean {
  return load.healthy && fullness(load, limits) < 1;
}

/** Chooses the worker for a new room: the least loaded of those that accept one, and the first of equals. */
export function chooseWorker<W extends { readonly load: WorkerLoad }>(
  workers: readonly W[],
  limits: WorkerLimits,
): W | undefined {
  const candidates = workers.filter((worker) => acceptsRoom(worker.load, limits));
  return candidates.toSorted((a, b) => compare(a.load, b.load, limits))[0];
}

function compare(a: WorkerLoad, b: WorkerLoad, limits: WorkerLimits): number {
  return fullness(a, limits) - fullness(b, limits) || a.rooms - b.rooms;
}

/** 0 is idle, 1 is full. The limit that is nearest decides. */
function fullness(load: WorkerLoad, limits: WorkerLimits): number {
  return Math.max(
    load.cpu / limits.cpu,
    load.rooms / limits.rooms,
    load.peers / limits.peers,
    load.consumers / limits.consumers,
  );
}

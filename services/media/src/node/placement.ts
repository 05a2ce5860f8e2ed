/** The load of one worker. `cpu` is 0 to 1 of one core. */
export type WorkerLoad = {
  healthy: boolean;
  cpu: number;
  rooms: number;
  peers: number;
  consumers: number;
  /** Streams that peers who were placed a moment ago will have. They count in where the next one goes, and refuse nothing. */
  coming: number;
};

/** The load from which on a worker takes no more. `cpu` refuses new rooms only: calls in progress go on. */
export type WorkerLimits = {
  cpu: number;
  rooms: number;
  peers: number;
  consumers: number;
  /** The share of `cpu` and `consumers` from which on the next peers of a room go to another worker, 0 to 1. */
  spread: number;
};

type Loaded = { readonly load: WorkerLoad };

/** Whether a worker may take one more room. */
export function acceptsRoom(load: WorkerLoad, limits: WorkerLimits): boolean {
  return load.healthy && fullness(load, limits) < 1;
}

/** Chooses the worker for a new room: the least loaded of those that accept one, and the first of equals. */
export function chooseWorker<W extends Loaded>(workers: readonly W[], limits: WorkerLimits): W | undefined {
  const candidates = workers.filter(({ load }) => acceptsRoom(load, limits));
  return candidates.toSorted((a, b) => compare(a.load, b.load, limits))[0];
}

/** Whether a worker that a room is on takes its next peer before any other worker does. */
export function hasSpace(load: WorkerLoad, limits: WorkerLimits): boolean {
  return load.healthy && load.peers < limits.peers && spreadFullness(load, limits) < limits.spread;
}

/**
 * Chooses the worker for the next peer of a room: the least loaded one that the room is on and that is not past the threshold, since each further one
 * costs pipes; then the least loaded other one that is not; then the one of the room that can take it at all; then any other. If none can, the
 * first of the room, which refuses.
 *
 * @param used The workers that the room is on, the first first.
 */
export function choosePeerWorker<W extends Loaded>(
  used: readonly W[],
  others: readonly W[],
  limits: WorkerLimits,
): W | undefined {
  const own = used.filter(({ load }) => load.healthy && load.peers < limits.peers);
  const free = others.filter(({ load }) => acceptsRoom(load, limits));
  const isBelow = ({ load }: W): boolean => hasSpace(load, limits);
  return (
    leastLoaded(own.filter(isBelow), limits) ??
    leastLoaded(free.filter(isBelow), limits) ??
    leastLoaded(own, limits) ??
    leastLoaded(free, limits) ??
    used[0]
  );
}

/** By what it forwards, then by its peers, who will have streams in a moment. */
function leastLoaded<W extends Loaded>(workers: readonly W[], limits: WorkerLimits): W | undefined {
  return workers.toSorted(
    (a, b) => spreadFullness(a.load, limits) - spreadFullness(b.load, limits) || a.load.peers - b.load.peers,
  )[0];
}

function compare(a: WorkerLoad, b: WorkerLoad, limits: WorkerLimits): number {
  return fullness(withComing(a), limits) - fullness(withComing(b), limits) || a.rooms - b.rooms;
}

/** What forwarding costs, and will cost in a moment. Rooms and peers alone cost next to nothing. */
function spreadFullness(load: WorkerLoad, limits: WorkerLimits): number {
  return Math.max(load.cpu / limits.cpu, withComing(load).consumers / limits.consumers);
}

function withComing(load: WorkerLoad): WorkerLoad {
  return { ...load, consumers: load.consumers + load.coming };
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

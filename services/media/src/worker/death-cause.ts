/** Why a worker ended without being asked to: its process exited, or it answered nothing and was killed. */
export const WORKER_DEATH_CAUSES = ['exited', 'frozen'] as const;
export type WorkerDeathCause = (typeof WORKER_DEATH_CAUSES)[number];

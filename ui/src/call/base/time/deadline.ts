/**
 * Waits at most `ms` milliseconds for `work`. Resolves with null if `work` takes longer. Rejects with the error of
 * `work`, or with the signal's reason if the signal aborts first. `work` itself is not cancelled.
 */
export function within<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve(null)), ms);
    const stop = () => settle(() => reject(signal?.reason as Error));
    const settle = (how: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      how();
    };
    signal?.addEventListener('abort', stop);
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    if (signal?.aborted === true) stop();
  });
}

/** Resolves after `ms` milliseconds; rejects with the signal's reason when the signal aborts first. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await within(ms, new Promise<never>(() => {}), signal);
}

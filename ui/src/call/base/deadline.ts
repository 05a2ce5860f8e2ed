/** Resolves with null when it took longer; rejects with the signal's reason. */
export function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve(null)), ms);
    const stop = () => settle(() => reject(signal.reason as Error));
    const settle = (how: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      how();
    };
    signal.addEventListener('abort', stop);
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    if (signal.aborted) stop();
  });
}

export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await within(ms, signal, new Promise<never>(() => {}));
}

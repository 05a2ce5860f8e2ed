import { ParleyError } from '@parley/proto/errors';

/**
 * Settles as `work` does. If that takes longer than `ms` milliseconds, the result is what `onLate` returns or throws:
 * `ParleyError('timeout')` unless given. The work itself goes on, and its later outcome is ignored.
 */
export async function withDeadline<T, L = never>(
  work: Promise<T>,
  ms: number,
  onLate: () => L = throwTimeout,
): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  try {
    const first = await Promise.race([work, late]);
    return first === LATE ? onLate() : first;
  } finally {
    clearTimeout(timer);
  }
}

const LATE = Symbol('late');

function throwTimeout(): never {
  throw new ParleyError('timeout');
}

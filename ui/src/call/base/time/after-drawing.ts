/** A hidden page draws nothing. */
const LONGEST_MS = 200;

/**
 * Reports once how many milliseconds pass until the browser has drawn what is changed now: the time in which it does nothing else. Reports 0 at
 * once while the page is hidden, or where nothing is drawn at all.
 */
export function timeDrawing(report: (ms: number) => void): void {
  if (typeof requestAnimationFrame !== 'function' || document.hidden) return report(0);
  const startedAt = performance.now();
  requestAnimationFrame(() => setTimeout(() => report(performance.now() - startedAt)));
}

/** Runs `work` once, when the browser has drawn what is changed now, or after a moment if it draws nothing. */
export function afterDrawing(work: () => void): void {
  let done = false;
  const run = (): void => {
    if (done) return;
    done = true;
    work();
  };
  // The frame is drawn after its callbacks: the next task comes after that.
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => setTimeout(run));
  setTimeout(run, LONGEST_MS);
}

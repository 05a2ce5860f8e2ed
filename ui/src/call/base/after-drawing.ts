/** A hidden page draws nothing. */
const LONGEST_MS = 200;

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

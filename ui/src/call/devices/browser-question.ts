/** An opening that takes longer than this may wait for an answer of the person. */
export const ASKING_AFTER_MS = 4_000;

/**
 * Watches one opening of a device. Calls `onAsking` if it takes long and the browser asks the person for permission.
 * Returns a function to call when the opening is over.
 */
export function watchQuestion(isAsking: () => Promise<boolean>, onAsking: () => void): () => void {
  let over = false;
  const look = async (): Promise<void> => {
    if ((await isAsking()) && !over) onAsking();
  };
  const timer = setTimeout(() => void look(), ASKING_AFTER_MS);
  return () => {
    over = true;
    clearTimeout(timer);
  };
}

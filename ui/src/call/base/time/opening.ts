import type { RoomInfo } from '@parley/proto/rest';

/** Somebody may change the time meanwhile. */
const LOOK_EVERY_MS = 30_000;
/** The server and this browser need not agree to the second. */
const AFTER_OPENING_MS = 1_000;

type OpeningOptions = {
  /** How long until the room opens, as the server said; it says an hour at most. */
  inMs: number;
  look: () => Promise<RoomInfo>;
  /** `opensAt` in milliseconds since the epoch. */
  onKnown: (opensAt: number) => void;
  /** The room may be open now. */
  onOpen: () => void;
  lookEveryMs?: number;
};

/**
 * Waits until a room opens. The moment comes from the server, because the clock of this browser may be wrong; the time that people
 * read comes from the settings of the room. If somebody changes the time, reports `onOpen`. Returns a function that ends the wait.
 */
export function awaitOpening(options: OpeningOptions): () => void {
  const { inMs, look, onKnown, onOpen, lookEveryMs = LOOK_EVERY_MS } = options;
  let known: number | null | undefined;
  let ended = false;
  const end = (): void => {
    ended = true;
    clearTimeout(opening);
    clearInterval(looking);
  };
  const open = (): void => {
    if (ended) return;
    end();
    onOpen();
  };
  const lookOnce = async (): Promise<void> => {
    const room = await look().catch(() => null);
    if (ended || room === null) return;
    const { opensAt } = room.settings;
    if (known === opensAt) return;
    if (known !== undefined) return open();
    known = opensAt;
    if (opensAt !== null) onKnown(opensAt);
  };
  const opening = setTimeout(open, inMs + AFTER_OPENING_MS);
  const looking = setInterval(() => void lookOnce(), lookEveryMs);
  void lookOnce();
  return end;
}

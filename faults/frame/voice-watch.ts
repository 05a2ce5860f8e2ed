import { inboundAudio } from '../../tests/harness/browser/page-probe.ts';
import type { CallPage } from '../../tests/harness/browser/pages.ts';

const SAMPLE_MS = 100;

type Watch = { timer: NodeJS.Timeout; packets: number; heardAt: number; longestMs: number };

const watches = new WeakMap<CallPage, Watch>();

/** Begins to measure how long a page receives no sound at most. Ask `longestPauseMs` for it, which ends the measurement. */
export async function watchVoice(page: CallPage): Promise<void> {
  const watch: Watch = {
    packets: await packetsOf(page),
    heardAt: performance.now(),
    longestMs: 0,
    timer: setInterval(() => void sample(page).catch(() => undefined), SAMPLE_MS),
  };
  watches.set(page, watch);
}

export async function longestPauseMs(page: CallPage): Promise<number> {
  const watch = watches.get(page);
  if (!watch) throw new Error(`the voices of ${page.name} are not watched`);
  clearInterval(watch.timer);
  await sample(page);
  return watch.longestMs;
}

async function sample(page: CallPage): Promise<void> {
  const watch = watches.get(page);
  if (!watch) return;
  const packets = await packetsOf(page);
  const now = performance.now();
  watch.longestMs = Math.max(watch.longestMs, now - watch.heardAt);
  if (packets !== watch.packets) watch.heardAt = now;
  watch.packets = packets;
}

async function packetsOf({ page }: CallPage): Promise<number> {
  return (await inboundAudio(page)).reduce((sum, one) => sum + one.packets, 0);
}

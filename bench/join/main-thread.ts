import type { Tab } from '../../tests/harness/browser/test-browser.ts';

/** An event of Chromium's trace, in microseconds. */
type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args?: { data?: { type?: string }; name?: string };
};

/** A task of a page's main thread: nothing else of the page happens meanwhile. */
export type Task = {
  /** The time from the press of Join to the begin of the task. */
  atMs: number;
  ms: number;
  /** What most of it was, as Chromium names it. */
  mostly: string;
};

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'];
const TASK = 'RunTask';

/** The tasks of the main thread from the press of Join, which is part of `work`, until `work` is done. */
export async function traceMainThread(tab: Tab, work: () => Promise<void>): Promise<Task[]> {
  const session = await tab.context.newCDPSession(tab.page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const traceConfig = { includedCategories: CATEGORIES };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await work();
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return tasksFromPress(events);
}

export function tasksFromPress(events: readonly TraceEvent[]): Task[] {
  const press = events
    .filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'click')
    .at(-1);
  if (press === undefined) throw new Error('nothing was pressed');
  const own = events.filter(
    ({ pid, tid, ph, ts, dur = 0 }) =>
      ph === 'X' && pid === press.pid && tid === press.tid && ts + dur > press.ts,
  );
  return own
    .filter(({ name }) => name === TASK)
    .sort((a, b) => a.ts - b.ts)
    .map((task) => ({
      atMs: (task.ts - press.ts) / 1000,
      ms: (task.dur ?? 0) / 1000,
      mostly: mostOf(task, own),
    }));
}

/** The kind of event that takes most of a task. Layout and style within a script count for the script as well, so the deepest of long events wins. */
function mostOf({ ts, dur = 0 }: TraceEvent, events: readonly TraceEvent[]): string {
  const inside = events.filter(
    (event) => event.name !== TASK && event.ts >= ts && event.ts + (event.dur ?? 0) <= ts + dur,
  );
  const long = inside.filter((event) => (event.dur ?? 0) > dur / 2);
  return long.sort((a, b) => (a.dur ?? 0) - (b.dur ?? 0))[0]?.name ?? 'many short ones';
}

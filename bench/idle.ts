import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { round } from './summary.ts';

const LOOKED_AT_MS = 2_000;
/** Above this share of all cores the figures are those of the other programs. */
const OTHERS_MAX_PERCENT = 10;
/** user, nice, system, idle, iowait, irq, softirq, steal. What follows them is the time of guests, which user and nice have already. */
const FIELDS = 8;
const IDLE_FIELDS = [3, 4];

/** The machine has other work. People see its message alone, without a stack. */
export class BusyError extends Error {
  override name = 'BusyError';
}

/**
 * The share of all cores that was in use between two readings of /proc/stat, in percent. What other machines of the same host took (steal)
 * counts as use.
 */
export function usedPercent(before: string, after: string): number {
  const [from, to] = [ticksOfAllCores(before), ticksOfAllCores(after)];
  const passed = to.map((ticks, index) => ticks - (from[index] ?? 0));
  const sum = (ticks: readonly number[]) => ticks.reduce((all, one) => all + one, 0);
  const all = sum(passed);
  if (all <= 0) throw new Error('no time has passed between the two readings of /proc/stat');
  return (100 * (all - sum(IDLE_FIELDS.map((index) => passed[index] ?? 0)))) / all;
}

/** Throws when others use too much of the machine. What this process does meanwhile counts as well: it waits. */
export async function refuseIfBusy(evenIfBusy: boolean): Promise<{ othersPercent?: number }> {
  const before = readFileSync('/proc/stat', 'utf8');
  await delay(LOOKED_AT_MS);
  return judge(usedPercent(before, readFileSync('/proc/stat', 'utf8')), evenIfBusy);
}

/** What a report says about others: nothing where they use little. */
export function judge(percent: number, evenIfBusy: boolean): { othersPercent?: number } {
  if (percent <= OTHERS_MAX_PERCENT) return {};
  const othersPercent = round(percent);
  if (evenIfBusy) return { othersPercent };
  throw new BusyError(
    `Other programs use ${othersPercent} % of all cores of this machine, and a benchmark needs at most ${OTHERS_MAX_PERCENT} % in use by others. End them and measure again, or add --even-if-busy: it measures all the same, and the report says so.`,
  );
}

function ticksOfAllCores(stat: string): number[] {
  const line = /^cpu +(.+)$/m.exec(stat)?.[1];
  const ticks = line?.split(' ').slice(0, FIELDS).map(Number) ?? [];
  if (ticks.length < FIELDS || ticks.some((value) => !Number.isFinite(value)))
    throw new Error('/proc/stat does not say how the time of the cores was used');
  return ticks;
}

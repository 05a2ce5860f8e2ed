import { CAMERA_ENCODINGS } from '../send/encodings.ts';
import type { LoadLevel } from './load.ts';

/** A computer is busy for some seconds with anything else too, such as a page that opens. */
export const STRAINED_FOR_MS = 6_000;
/** The pause between two steps down. What a step saves is seen after some seconds. Browsers also help themselves, and take their time to stop it. */
export const STEP_PAUSE_MS = 20_000;
/** What works is changed back late: a picture that comes and goes disturbs more than one that is missing. */
export const LIGHT_FOR_MS = 60_000;
/** If the strain is back so soon after a step up, that step was one too many, and the next try waits twice as long. */
export const RELAPSE_MS = 60_000;
const LIGHT_FOR_MAX_MS = 960_000;
/** Fewer are not taken away: the person who speaks, and one more. */
export const FEWEST_PICTURES = 2;
const HIGHEST_LAYER = CAMERA_ENCODINGS.length - 1;

/** What this computer keeps up with; null: everything. */
export type Step = {
  pictures: number | null;
  /** The highest layer of the camera that is sent. */
  layer: number | null;
};

export const FULL: Step = { pictures: null, layer: null };

export type Flowing = {
  /** The number of pictures that are received. */
  pictures: number;
  /** The highest layer of the camera that is sent; -1: none. */
  layer: number;
};

/**
 * Decides what a computer that does not keep up does without: first half of the pictures that it receives, and half again, then the
 * higher layers of its own. Steps back in the other order, slowly. Pure: the caller gives the time, in milliseconds.
 */
export class StepDown {
  #step = FULL;
  #level: LoadLevel = 'fair';
  #levelSince = 0;
  #downAt = Number.NEGATIVE_INFINITY;
  #upAt = Number.NEGATIVE_INFINITY;
  #lightForMs = LIGHT_FOR_MS;

  get step(): Step {
    return this.#step;
  }

  /** Returns whether the step is another one now. */
  update(level: LoadLevel, flowing: Flowing, now: number): boolean {
    if (level !== this.#level) {
      this.#level = level;
      this.#levelSince = now;
    }
    const lasted = now - this.#levelSince;
    const before = this.#step;
    if (level === 'strained' && lasted >= STRAINED_FOR_MS && now - this.#downAt >= STEP_PAUSE_MS)
      this.#goDown(flowing, now);
    if (level === 'light' && lasted >= this.#lightForMs && now - this.#upAt >= this.#lightForMs)
      this.#goUp(flowing, now);
    return this.#step !== before;
  }

  /** Nothing is measured for a while. The step stays, and its time begins anew. */
  pause(now: number): void {
    this.#level = 'fair';
    this.#levelSince = now;
  }

  #goDown(flowing: Flowing, now: number): void {
    const next = stepBelow(this.#step, flowing);
    if (next === this.#step) return;
    const isRelapse = now - this.#upAt < RELAPSE_MS;
    this.#lightForMs = isRelapse ? Math.min(this.#lightForMs * 2, LIGHT_FOR_MAX_MS) : LIGHT_FOR_MS;
    this.#step = next;
    this.#downAt = now;
  }

  #goUp(flowing: Flowing, now: number): void {
    const next = stepAbove(this.#step, flowing);
    if (next === this.#step) return;
    this.#step = next;
    this.#upAt = now;
  }
}

/** Returns `step` itself if nothing is left to do without. */
function stepBelow(step: Step, { pictures, layer }: Flowing): Step {
  if (pictures > FEWEST_PICTURES)
    return { ...step, pictures: Math.max(FEWEST_PICTURES, Math.floor(pictures / 2)) };
  return layer > 0 ? { ...step, layer: layer - 1 } : step;
}

function stepAbove(step: Step, { pictures, layer }: Flowing): Step {
  // A limit that is not reached limits nothing.
  if (step.layer !== null) {
    const isLast = layer < step.layer || step.layer + 1 >= HIGHEST_LAYER;
    return { ...step, layer: isLast ? null : step.layer + 1 };
  }
  if (step.pictures === null) return step;
  return pictures < step.pictures ? FULL : { ...step, pictures: step.pictures * 2 };
}

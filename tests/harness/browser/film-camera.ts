import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Pixels, and pictures a second. */
export type Film = { width: number; height: number; rate: number; content: 'bar' | 'snow' };

/** One layer, the smallest of a usual camera: so many browsers on one machine that encoding for all of them is what would be measured. */
export const SMALL_FILM: Film = { width: 320, height: 180, rate: 15, content: 'bar' };
/** Two layers, each of which needs all the bits that it may have. */
export const BUSY_FILM: Film = { width: 640, height: 360, rate: 10, content: 'snow' };

const PICTURES = 20;
const GREY = 128;
const BAR = 40;
const FLAKE = 8;

/** A camera for tests that shows a film of its own. Chromium reads the pictures from a file, again and again. */
export class FilmCamera {
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-camera-'));

  constructor(film: Film) {
    writeFileSync(this.#path, picturesOf(film));
  }

  /** A flag of Chromium. */
  get flag(): string {
    return `--use-file-for-fake-video-capture=${this.#path}`;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #path(): string {
    return join(this.#folder, 'camera.y4m');
  }
}

/** Raw pictures in the format that Chromium reads. */
function picturesOf(film: Film): Buffer {
  const { width, height, rate, content } = film;
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`);
  const colours = Buffer.alloc((width * height) / 2, GREY);
  const pictures = Array.from({ length: PICTURES }, (_, number) => [
    Buffer.from('FRAME\n'),
    content === 'bar' ? bar(film, number) : snow(film),
    colours,
  ]);
  return Buffer.concat([head, ...pictures.flat()]);
}

/** A bar that moves to the right. */
function bar({ width, height }: Film, number: number): Buffer {
  const line = Buffer.alloc(width, GREY);
  const at = Math.floor((number * (width - BAR)) / PICTURES);
  line.fill(GREY / 2, at, at + BAR);
  return Buffer.concat(Array.from({ length: height }, () => line));
}

/** Squares of any brightness, others in each picture: no encoder finds anything that it has sent before. */
function snow({ width, height }: Film): Buffer {
  const rows = Array.from({ length: Math.ceil(height / FLAKE) }, () => {
    const line = Buffer.alloc(width);
    for (let at = 0; at < width; at += FLAKE) line.fill(randomInt(GREY / 2, GREY), at, at + FLAKE);
    return Array.from({ length: FLAKE }, () => line);
  });
  return Buffer.concat(rows.flat().slice(0, height));
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The smallest layer of a usual camera. */
const [WIDTH, HEIGHT] = [320, 180];
const PICTURES_A_SECOND = 15;
const PICTURES = 20;
const GREY = 128;
const BAR = 40;

/**
 * A camera of one small layer, for tests with so many browsers on one machine that encoding for all of them is what would be measured. Chromium
 * reads its pictures from a file, again and again.
 */
export class SmallCamera {
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-camera-'));

  constructor() {
    writeFileSync(this.#path, film());
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

/** Raw pictures of a bar that moves to the right, in the format that Chromium reads. */
function film(): Buffer {
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${PICTURES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const pictures = Array.from({ length: PICTURES }, (_, number) => [Buffer.from('FRAME\n'), picture(number)]);
  return Buffer.concat([head, ...pictures.flat()]);
}

function picture(number: number): Buffer {
  const line = Buffer.alloc(WIDTH, GREY);
  const at = (number * (WIDTH - BAR)) / PICTURES;
  line.fill(GREY / 2, at, at + BAR);
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, GREY);
  return Buffer.concat([...Array.from({ length: HEIGHT }, () => line), colours]);
}

import type { ClientLog } from '../base/log.ts';
import type { LocalMedia } from '../devices/local-media.ts';
import type { Media } from '../media/media.ts';
import { isVideo } from '../receive/picture-layers.ts';
import type { PictureMode } from '../receive/picture-mode.ts';
import type { StatisticsReader } from '../telemetry/statistics-reader.ts';
import { levelOf, readLoad, type LoadSnapshot } from './load.ts';
import { PageSight } from './page-sight.ts';
import { FULL, StepDown, type Flowing } from './step-down.ts';

const LOAD_EVERY_MS = 2_000;
/** Readings that are so far apart mean that the page, or the whole computer, stood still. */
const STOOD_STILL_MS = 3 * LOAD_EVERY_MS;

export type EconomyOptions = {
  media: Media;
  statistics: StatisticsReader;
  devices: Pick<LocalMedia, 'camera' | 'setCamera'>;
  /** Other pictures are received now than before. */
  onMode: (mode: PictureMode) => void;
  /** This computer does not keep up, and does without something now. Called once. */
  onEased: () => void;
  log: ClientLog;
};

/** Saves what nobody needs or this computer does not keep up with: pictures that are received, and layers that are sent. Voices always go on. */
export class Economy {
  readonly #options: EconomyOptions;
  readonly #sight: PageSight;
  #mode: PictureMode = 'all';
  /** Whether the camera was on when the mode `none` turned it off. */
  #cameraWasOn = false;
  #isEasing = true;
  #stepDown = new StepDown();
  #hasSaid = false;
  #before: LoadSnapshot | null = null;
  #isReading = false;
  #timer: ReturnType<typeof setInterval> | null = null;
  #closed = false;

  constructor(options: EconomyOptions) {
    this.#options = options;
    const { consumption } = options.media;
    this.#sight = new PageSight((outOfSight) => consumption.setLimits({ outOfSight }));
  }

  /** Limits the pictures that are received. With `none` the own camera is off as well; it comes back with the pictures. */
  setPictureMode(mode: PictureMode): void {
    const before = this.#mode;
    if (this.#closed || mode === before) return;
    const { media, devices, onMode } = this.#options;
    this.#mode = mode;
    onMode(mode);
    media.consumption.setLimits({ mode });
    if (mode === 'none') {
      this.#cameraWasOn = devices.camera.on;
      void devices.setCamera(false);
    } else if (before === 'none' && this.#cameraWasOn) void devices.setCamera(true);
  }

  /** @param max The most pictures that are received at the same time; null: all that are shown. */
  setPicturesMax(max: number | null): void {
    if (!this.#closed) this.#options.media.consumption.setLimits({ max });
  }

  /** @param easing Whether a computer that does not keep up may do without something. */
  setEasing(easing: boolean): void {
    if (this.#closed || easing === this.#isEasing) return;
    this.#isEasing = easing;
    this.#before = null;
    this.#stepDown = new StepDown();
    this.#apply();
  }

  /** Looks from now on how busy this computer is. */
  begin(): void {
    if (!this.#closed) this.#timer ??= setInterval(() => void this.#look(), LOAD_EVERY_MS);
  }

  close(): void {
    this.#closed = true;
    this.#sight.close();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (!this.#isEasing || this.#sight.outOfSight || this.#options.media.transports === null) {
      this.#before = null;
      return this.#stepDown.pause(performance.now());
    }
    if (this.#isReading) return;
    this.#isReading = true;
    const now = await this.#read();
    this.#isReading = false;
    const before = this.#before;
    if (this.#closed || !this.#isEasing) return;
    this.#before = now;
    if (before !== null) this.#weigh(before, now);
  }

  #weigh(before: LoadSnapshot, now: LoadSnapshot): void {
    const load = now.at - before.at > STOOD_STILL_MS ? null : readLoad(before, now);
    if (load === null) return this.#stepDown.pause(now.at);
    if (!this.#stepDown.update(levelOf(load), this.#flowing, now.at)) return;
    this.#apply();
    const { log, onEased } = this.#options;
    log('info', 'load eased', { ...this.#stepDown.step });
    if (this.#hasSaid || this.#stepDown.step === FULL) return;
    this.#hasSaid = true;
    onEased();
  }

  async #read(): Promise<LoadSnapshot> {
    const { at, sent, received } = await this.#options.statistics.readRaw(LOAD_EVERY_MS / 2);
    const { producer, layers } = this.#options.media.publications.camera;
    const track = producer === null || producer.paused || layers?.isResting === true ? null : producer.track;
    return {
      at,
      sent,
      received,
      runs: new Map(this.#pictures.map(({ consumer, runs }) => [consumer.localId, runs])),
      camera: track === null || producer === null ? null : { mid: producer.localId, trackId: track.id },
    };
  }

  get #pictures() {
    const streams = Array.from(this.#options.media.consumption.streams);
    return streams.filter(({ source, paused }) => isVideo(source) && !paused);
  }

  get #flowing(): Flowing {
    const { producer, layers } = this.#options.media.publications.camera;
    const layer = producer === null || producer.paused ? -1 : (layers?.running ?? -1);
    return { pictures: this.#pictures.length, layer };
  }

  #apply(): void {
    const { pictures, layer } = this.#stepDown.step;
    const { consumption, publications } = this.#options.media;
    consumption.setLimits({ easedMax: pictures });
    publications.camera.limitLayer(layer);
  }
}

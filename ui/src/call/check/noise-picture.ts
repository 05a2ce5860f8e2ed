const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_PER_SECOND = 20;

/** A picture of noise that changes in each frame, so that the encoder needs its full bitrate. */
export class NoisePicture {
  readonly track: MediaStreamTrack;
  readonly #timer: ReturnType<typeof setInterval>;

  static create(): NoisePicture {
    // The noise is twice as wide and high as the canvas, so that each frame can show another part of the noise.
    const noise = drawNoise(WIDTH * 2, HEIGHT * 2);
    const canvas = makeCanvas(WIDTH, HEIGHT);
    const draw = () => drawPart(canvas, noise);
    draw();
    const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
    if (track === undefined) throw new Error('This browser makes no picture of its own');
    return new NoisePicture(track, draw);
  }

  private constructor(track: MediaStreamTrack, draw: () => void) {
    this.track = track;
    this.#timer = setInterval(draw, 1000 / FRAMES_PER_SECOND);
  }

  close(): void {
    clearInterval(this.#timer);
    this.track.stop();
  }
}

function makeCanvas(width: number, height: number): HTMLCanvasElement {
  return Object.assign(document.createElement('canvas'), { width, height });
}

function drawNoise(width: number, height: number): HTMLCanvasElement {
  const canvas = makeCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const image = context.createImageData(width, height);
  for (let index = 0; index < image.data.length; index += 1) {
    image.data[index] = index % 4 === 3 ? 255 : Math.random() * 256;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function drawPart(canvas: HTMLCanvasElement, noise: HTMLCanvasElement): void {
  const x = -Math.floor(Math.random() * (noise.width - canvas.width));
  const y = -Math.floor(Math.random() * (noise.height - canvas.height));
  canvas.getContext('2d')?.drawImage(noise, x, y);
}

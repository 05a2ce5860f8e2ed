// The bare page, as little as a page with mediasoup can be: a WebSocket, a device, and video elements. It runs in the browser.
import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type {
  AnswerMessage,
  ConsumerMessage,
  ConsumerOptions,
  RequestName,
  Requests,
  TransportOptions,
} from './messages.ts';

/** What the benchmark does with the page. */
export type BarePage = {
  /** Whether Join may be pressed. */
  ready: boolean;
  /** From the press of Join to the first frame of each video, in milliseconds. */
  firstFrames: number[];
  /** Sends camera and microphone from now on. */
  send(): Promise<void>;
};

/** The picture and the layers that Parley's page sends too. */
const CAMERA = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const ENCODINGS = [
  { scaleResolutionDownBy: 4, maxBitrate: 100_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 300_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: 'L1T3' },
];

const socket = new WebSocket(`ws://${location.host}/${location.search}`);
const answers = new Map<number, (answer: unknown) => void>();
const device = new Device();
let pressedAt = 0;
let receiving: Promise<types.Transport> | undefined;
const page: BarePage = { ready: false, firstFrames: [], send };
Object.assign(globalThis, { barePage: page });

socket.addEventListener('message', ({ data }) => {
  const message = JSON.parse(String(data)) as AnswerMessage | ConsumerMessage;
  if ('consumer' in message) void receiving?.then((transport) => show(transport, message.consumer));
  else answers.get(message.number)?.(message.answer);
});
socket.addEventListener('open', () => void load());
document.querySelector('button')?.addEventListener('click', () => {
  pressedAt = performance.now();
  receiving = join();
});

function request<N extends RequestName>(name: N, ask: Requests[N]['ask']): Promise<Requests[N]['answer']> {
  const number = answers.size;
  socket.send(JSON.stringify({ number, name, ask }));
  return new Promise((resolve) => answers.set(number, resolve as (answer: unknown) => void));
}

async function load(): Promise<void> {
  await device.load({ routerRtpCapabilities: await request('capabilities', null) });
  page.ready = true;
}

async function join(): Promise<types.Transport> {
  const { transport: options, consumers } = await request('receive', device.recvRtpCapabilities);
  const transport = device.createRecvTransport(options);
  transport.on('connect', connecting(options));
  await Promise.all(consumers.map((consumer) => show(transport, consumer)));
  return transport;
}

async function show(transport: types.Transport, options: ConsumerOptions): Promise<void> {
  const { kind, track } = await transport.consume(options);
  const element = document.createElement(kind);
  element.autoplay = true;
  element.srcObject = new MediaStream([track]);
  if (element instanceof HTMLVideoElement)
    element.requestVideoFrameCallback((shownAt) => page.firstFrames.push(shownAt - pressedAt));
  document.body.append(element);
}

async function send(): Promise<void> {
  const [options, stream] = await Promise.all([
    request('send', null),
    navigator.mediaDevices.getUserMedia({ audio: true, video: CAMERA }),
  ]);
  const transport = device.createSendTransport(options);
  transport.on('connect', connecting(options));
  transport.on('produce', ({ kind, rtpParameters }, done) => {
    const answer = async (): Promise<void> =>
      done({ id: await request('produce', { transportId: options.id, kind, rtpParameters }) });
    void answer();
  });
  for (const track of stream.getTracks())
    await transport.produce(track.kind === 'video' ? { track, encodings: ENCODINGS } : { track });
}

function connecting({ id: transportId }: TransportOptions) {
  return (
    { dtlsParameters }: { dtlsParameters: Requests['connect']['ask']['dtlsParameters'] },
    done: () => void,
  ) => {
    const answer = async (): Promise<void> => {
      await request('connect', { transportId, dtlsParameters });
      done();
    };
    void answer();
  };
}

import { randomInt } from 'node:crypto';
import type { MediaKind, RtpParameters } from '@parley/proto/rtp';
import { opusParameters, vp8Parameters } from '@parley/common/testing';
import { LAYERS, SILENCE_BYTES, SILENT_SENDS_ONE_OF, VOICE } from '../rates.ts';
import type { SentSource } from './commands.ts';
import { LayerPackets, VoicePackets } from './packets.ts';

/** What takes the packets of a person. */
type Outlet = { send(packet: Buffer): void };

const newSsrc = (): number => randomInt(1, 0xffffffff);

function payloadTypeOf({ codecs: [codec] }: RtpParameters): number {
  if (codec === undefined) throw new Error('there is no codec');
  return codec.payloadType;
}

/** The microphone of a person: always open, and silent while the person does not speak. */
export class Microphone {
  readonly source: SentSource = 'microphone';
  readonly kind: MediaKind = 'audio';
  readonly rtpParameters: RtpParameters;
  readonly talks: boolean;
  producerId = '';
  /** Packets since `begin`. */
  readonly sent = [0];
  readonly #packets: VoicePackets;
  readonly #endpoint: Outlet;
  #ticks = 0;

  constructor(endpoint: Outlet, talks: boolean) {
    this.#endpoint = endpoint;
    this.talks = talks;
    const ssrc = newSsrc();
    this.rtpParameters = opusParameters(undefined, ssrc);
    const bytes = { speech: VOICE.payloadBytes, silence: SILENCE_BYTES };
    this.#packets = new VoicePackets(ssrc, payloadTypeOf(this.rtpParameters), bytes);
  }

  /** Is called as often as somebody who speaks sends a packet. */
  tick(nowMs: number, speaks: boolean): void {
    this.#ticks += 1;
    if (!speaks && this.#ticks % SILENT_SENDS_ONE_OF !== 0) return;
    this.#endpoint.send(this.#packets.next(nowMs, speaks));
    this.sent[0] = (this.sent[0] ?? 0) + 1;
  }

  begin(): void {
    this.sent[0] = 0;
  }
}

/** The camera of a person. It sends the layers that somebody wants, as a page does. */
export class Camera {
  readonly source: SentSource = 'camera';
  readonly kind: MediaKind = 'video';
  readonly rtpParameters: RtpParameters;
  producerId = '';
  /** How many layers somebody wants, from the smallest on. */
  wanted = LAYERS.length;
  /** Packets of each layer since `begin`. */
  readonly sent = LAYERS.map(() => 0);
  readonly #layers: readonly LayerPackets[];
  readonly #endpoint: Outlet;

  constructor(endpoint: Outlet) {
    this.#endpoint = endpoint;
    const ssrcs = LAYERS.map(newSsrc);
    this.rtpParameters = vp8Parameters(undefined, ssrcs);
    const payloadType = payloadTypeOf(this.rtpParameters);
    this.#layers = LAYERS.map(
      ({ payloadBytes }, index) => new LayerPackets(ssrcs[index] ?? 0, payloadType, payloadBytes),
    );
  }

  send(layer: number, nowMs: number): void {
    const packets = this.#layers[layer];
    if (packets === undefined || layer >= this.wanted) return;
    this.#endpoint.send(packets.next(nowMs));
    this.sent[layer] = (this.sent[layer] ?? 0) + 1;
  }

  report(nowMs: number): void {
    for (const layer of this.#layers.slice(0, this.wanted)) this.#endpoint.send(layer.report(nowMs));
  }

  begin(): void {
    this.sent.fill(0);
  }
}

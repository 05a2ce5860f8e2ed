import { waitFor } from '@parley/common/testing';
import type { RtpParameters, Source } from '@parley/proto/rtp';
import { fromRtpParametersMessage } from '@parley/proto/media-rpc';
import type { TestPeer } from './test-node.ts';
import { WebRtcEnd } from './webrtc-end.ts';

const PACKET_INTERVAL_MS = 20;

/** What peers of a test send and receive, with real connections. */
export class Streams {
  /** All that is open. */
  readonly open: { close(): void }[] = [];

  close(): void {
    for (const one of this.open.splice(0)) one.close();
  }

  /** A peer that sends a packet every 20 ms. `level` is the loudness in dBov below 0, for audio; a function gives that of each packet. */
  async publish(
    peer: TestPeer,
    source: Source,
    parameters: RtpParameters,
    payload: () => Buffer,
    level?: number | (() => number),
    paused = false,
  ) {
    const { sendTransport } = await peer.open();
    const end = new WebRtcEnd('send', parameters);
    const producerId = await peer.produce(source, parameters, paused);
    await peer.connect(sendTransport?.transportId ?? '', await end.answer(sendTransport));
    let sequenceNumber = 0;
    const levelNow = typeof level === 'function' ? level : () => level;
    const timer = setInterval(() => {
      const now = levelNow();
      end.send(payload(), { sequenceNumber: sequenceNumber++, ...(now === undefined ? {} : { level: now }) });
    }, PACKET_INTERVAL_MS);
    this.open.push(end, { close: () => clearInterval(timer) });
    return { end, producerId, transportId: sendTransport?.transportId ?? '' };
  }

  async subscribe(peer: TestPeer, producerId: string) {
    const { end, consumers, transportId } = await this.subscribeAll(peer, [producerId]);
    return { end, consumerId: consumers[0]?.consumerId ?? '', transportId };
  }

  /** Makes paused consumers, and the end that receives them all. */
  async subscribeAll(peer: TestPeer, producerIds: readonly string[]) {
    const { receiveTransport } = await peer.open();
    const consumers: { consumerId: string; producerId: string; parameters: RtpParameters }[] = [];
    for (const producerId of producerIds) {
      const { consumerId, rtpParameters } = await peer.consume(producerId);
      consumers.push({ consumerId, producerId, parameters: fromRtpParametersMessage(rtpParameters) });
    }
    const [first, ...others] = consumers.map(({ parameters }) => parameters);
    if (first === undefined) throw new Error('nothing to receive');
    const end = new WebRtcEnd('receive', first, others);
    this.open.push(end);
    const transportId = receiveTransport?.transportId ?? '';
    await peer.connect(transportId, await end.answer(receiveTransport));
    await waitFor(() => end.open);
    return { end, consumers, transportId };
  }
}

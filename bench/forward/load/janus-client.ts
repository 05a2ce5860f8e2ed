import { waitFor } from '@parley/common/testing';
import { answerAll, firstSection } from './janus-sdp.ts';
import type { ServerClient } from './server-client.ts';
import type { TimedEndpoint } from './endpoint.ts';
import { JanusConnection } from './janus-connection.ts';

const ROOM = 1;
const PUBLISHERS_MAX = 100;

/** A VideoRoom of Janus. */
export class JanusClient implements ServerClient {
  /** The one that Janus itself gives opus. */
  readonly payloadType = 111;
  readonly #janus: JanusConnection;

  static async open(port: number): Promise<JanusClient> {
    const janus = await JanusConnection.open(`ws://127.0.0.1:${port}`);
    const handle = await janus.attach();
    const extensions = { audiolevel_ext: false, transport_wide_cc_ext: false };
    const room = { room: ROOM, publishers: PUBLISHERS_MAX, audiocodec: 'opus', ...extensions };
    await janus.request(handle, { request: 'create', ...room });
    return new JanusClient(janus);
  }

  private constructor(janus: JanusConnection) {
    this.#janus = janus;
  }

  async openSender(endpoint: TimedEndpoint): Promise<string> {
    const handle = await this.#janus.attach();
    const { plugindata, jsep } = await this.#janus.request(
      handle,
      { request: 'joinandconfigure', ptype: 'publisher', room: ROOM },
      { type: 'offer', sdp: await endpoint.offer() },
    );
    if (jsep === undefined) throw new Error('Janus did not answer the offer of a publisher');
    endpoint.accept(jsep.sdp);
    await this.#whenUp(handle);
    return String(plugindata?.data['id']);
  }

  async openReceiver(endpoint: TimedEndpoint, from: readonly string[]): Promise<void> {
    const handle = await this.#janus.attach();
    const streams = from.map((feed) => ({ feed: Number(feed) }));
    const body = { request: 'join', ptype: 'subscriber', room: ROOM, streams };
    const { jsep } = await this.#janus.request(handle, body);
    if (jsep === undefined) throw new Error('Janus made no offer to a subscriber');
    const answer = await endpoint.answer(firstSection(jsep.sdp));
    const sdp = answerAll(answer, jsep.sdp);
    await this.#janus.request(handle, { request: 'start' }, { type: 'answer', sdp });
    await this.#whenUp(handle);
  }

  close(): void {
    this.#janus.close();
  }

  async #whenUp(handle: number): Promise<void> {
    await waitFor(() => this.#janus.isUp(handle), { what: 'media through Janus' });
  }
}

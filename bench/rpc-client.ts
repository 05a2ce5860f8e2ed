import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import type { GrpcTrust } from '@parley/common/grpc';
import { GRPC_METADATA } from '@parley/proto/grpc';
import { MediaService, type media } from '@parley/proto/media-rpc';

type Client = InstanceType<typeof MediaService>;
type Callback<T> = (error: ServiceError | null, value?: T) => void;

/** Calls a media node as signaling does: on one connection, with what it trusts, and unary calls. */
export class RpcClient {
  readonly #client: Client;
  readonly #metadata = new Metadata();

  constructor(address: string, trust: GrpcTrust) {
    if ('secret' in trust) {
      this.#client = new MediaService(address, credentials.createInsecure());
      this.#metadata.set(GRPC_METADATA.authorization, `Bearer ${trust.secret}`);
      return;
    }
    const [authority, key, certificate] = [
      trust.certificates.authority,
      trust.certificates.key,
      trust.certificates.certificate,
    ].map((text) => Buffer.from(text));
    this.#client = new MediaService(address, credentials.createSsl(authority, key, certificate), {
      'grpc.ssl_target_name_override': 'media',
    });
  }

  getStatus(): Promise<media.GetStatusResponse> {
    return ask((done) => this.#client.getStatus({}, this.#metadata, done));
  }

  openPeer(request: media.OpenPeerRequestInput): Promise<media.OpenPeerResponse> {
    return ask((done) => this.#client.openPeer(request, this.#metadata, done));
  }

  closePeer(request: media.ClosePeerRequestInput): Promise<media.ClosePeerResponse> {
    return ask((done) => this.#client.closePeer(request, this.#metadata, done));
  }

  produce(request: media.ProduceRequestInput): Promise<media.ProduceResponse> {
    return ask((done) => this.#client.produce(request, this.#metadata, done));
  }

  connectTransport(request: media.ConnectTransportRequestInput): Promise<media.ConnectTransportResponse> {
    return ask((done) => this.#client.connectTransport(request, this.#metadata, done));
  }

  consume(request: media.ConsumeRequestInput): Promise<media.ConsumeResponse> {
    return ask((done) => this.#client.consume(request, this.#metadata, done));
  }

  setConsumersPaused(
    request: media.SetConsumersPausedRequestInput,
  ): Promise<media.SetConsumersPausedResponse> {
    return ask((done) => this.#client.setConsumersPaused(request, this.#metadata, done));
  }

  watch(roomId: string): { cancel(): void } {
    const stream = this.#client.watch({ roomId }, this.#metadata);
    stream.on('data', () => {});
    stream.on('error', () => {});
    return stream;
  }

  close(): void {
    this.#client.close();
  }
}

function ask<T>(send: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, value) => (value === undefined ? reject(error ?? new Error('no answer')) : resolve(value)));
  });
}

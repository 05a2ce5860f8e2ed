import { isDeepStrictEqual } from 'node:util';
import type { ProducerId } from '@parley/proto/ids';
import type { ConsumeResult, RequestInput, RequestName, RequestResult } from '@parley/proto/requests';
import type { PeerRecord } from '@parley/proto/room';
import type { Source } from '@parley/proto/rtp';
import { testFakeParameters } from 'mediasoup-client';
import { CallFailure } from '../../src/call/base/call-failure.ts';
import { sanitizeRtpParameters } from '../../src/call/base/rtp-sanitizer.ts';
import type { SignalingClient } from '../../src/call/signaling/signaling-client.ts';
import { transportParameters } from './media.ts';
import { requestProblem } from './contract.ts';
import { consumerId, producerId } from './records.ts';

export type Asked = { name: RequestName; input: Record<string, unknown> };

/** The far side of the media requests: makes consumers and producers, and forgets them as a server would. */
export class RoomServer implements Pick<
  SignalingClient,
  'request' | 'requestUntilDone' | 'check' | 'joined'
> {
  readonly asked: Asked[] = [];
  readonly consumers = new Map<string, { paused: boolean; producerId: string }>();
  readonly producers = new Map<string, { source: Source; paused: boolean; rtpParameters: unknown }>();
  readonly joined = true;
  peers: PeerRecord[] = [];
  /** What the contract refuses of what the client asked for. Tests expect that there is nothing. */
  readonly violations: string[] = [];
  /** Whether there is capacity for sound alone. */
  isFull = false;
  /** Fails requests by their name. */
  readonly failures = new Map<RequestName, CallFailure>();
  /** Requests that are done, but whose answers are lost: how many more of each name. */
  readonly lostAnswers = new Map<RequestName, number>();
  /** Answers to a request wait for this. */
  readonly gates = new Map<RequestName, Promise<void>>();
  #count = 0;

  async request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> {
    const given = input as Record<string, unknown>;
    this.asked.push({ name, input: given });
    const violation = requestProblem(name, input);
    if (violation !== null) this.violations.push(violation);
    await this.gates.get(name);
    const failure = this.failures.get(name);
    if (failure !== undefined) throw failure;
    const answer = this.#answer(name, given) as RequestResult<N>;
    const lost = this.lostAnswers.get(name) ?? 0;
    if (lost === 0) return answer;
    this.lostAnswers.set(name, lost - 1);
    throw new CallFailure('timeout');
  }

  check(): Promise<boolean> {
    return Promise.resolve(true);
  }

  requestUntilDone<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> {
    return this.request(name, input);
  }

  names(): string[] {
    return this.asked.map(({ name }) => name);
  }

  count(name: RequestName): number {
    return this.asked.filter((asked) => asked.name === name).length;
  }

  /** Consumers that run, as the reply to a join brings them. */
  first(pictures: number): ConsumeResult[] {
    const producers = this.peers.flatMap((peer) => peer.producers);
    const shown = producers.filter(({ kind, paused }) => kind === 'video' && !paused).slice(0, pictures);
    const voices = producers.filter(({ kind }) => kind === 'audio');
    return [...voices, ...shown].map((item) => {
      const result = this.#consume(item.producerId) as ConsumeResult;
      if (result.status === 'failed') return result;
      this.#find(result.consumer.consumerId).paused = false;
      return { ...result, consumer: { ...result.consumer, paused: false } };
    });
  }

  #answer(name: RequestName, input: Record<string, unknown>): unknown {
    switch (name) {
      case 'consumer:create':
        return {
          results: (input['producers'] as { producerId: ProducerId }[]).map((item) =>
            this.#consume(item.producerId),
          ),
        };
      case 'consumer:resume':
      case 'consumer:pause':
        for (const id of input['consumerIds'] as string[]) this.#find(id).paused = name === 'consumer:pause';
        return {};
      case 'consumer:close':
        for (const id of input['consumerIds'] as string[]) this.consumers.delete(id);
        return {};
      case 'producer:create':
        return this.#produce(input['source'] as Source, input['paused'] === true, input['rtpParameters']);
      case 'producer:pause':
      case 'producer:resume':
        this.producers.get(input['producerId'] as string)!.paused = name === 'producer:pause';
        return {};
      case 'producer:close':
        this.producers.delete(input['producerId'] as string);
        return {};
      case 'transport:restart-ice':
        return { iceParameters: transportParameters().iceParameters };
      case 'transport:open-send':
        return { transport: transportParameters(), iceServers: [] };
      case 'media:reopen':
        this.producers.clear();
        return {
          transports: { send: transportParameters(), receive: transportParameters() },
          iceServers: [],
        };
      default:
        return {};
    }
  }

  #find(id: string): { paused: boolean } {
    const found = this.consumers.get(id);
    if (found === undefined) throw new CallFailure('consumer_not_found');
    return found;
  }

  /** The same source with the same parameters is the same producer, with others a conflict. */
  #produce(source: Source, paused: boolean, rtpParameters: unknown): { producerId: ProducerId } {
    for (const [id, known] of this.producers) {
      if (known.source !== source) continue;
      if (isDeepStrictEqual(known.rtpParameters, rtpParameters)) return { producerId: producerId(id) };
      throw new CallFailure('conflict');
    }
    this.#count += 1;
    const id = producerId(`${source}-${this.#count}`);
    this.producers.set(id, { source, paused, rtpParameters });
    return { producerId: id };
  }

  #consume(id: ProducerId): unknown {
    const owner = this.peers.find((peer) => peer.producers.some((item) => item.producerId === id));
    const record = owner?.producers.find((item) => item.producerId === id);
    if (owner === undefined || record === undefined) {
      return { status: 'failed', producerId: id, error: { code: 'producer_not_found', message: 'Gone.' } };
    }
    if (this.isFull && record.kind === 'video')
      return { status: 'failed', producerId: id, error: { code: 'at_capacity', message: 'Full.' } };
    this.#count += 1;
    const consumer = consumerId(`consumer-${this.#count}`);
    this.consumers.set(consumer, { paused: true, producerId: id });
    const codecMimeType = record.kind === 'audio' ? 'audio/opus' : 'video/VP8';
    const { rtpParameters } = testFakeParameters.generateConsumerRemoteParameters({
      id: consumer,
      codecMimeType,
    });
    return {
      status: 'created',
      producerId: id,
      consumer: {
        consumerId: consumer,
        producerId: id,
        peerId: owner.peerId,
        source: record.source,
        kind: record.kind,
        type: record.kind === 'audio' ? 'simple' : 'simulcast',
        rtpParameters: sanitizeRtpParameters(rtpParameters),
        producerPaused: record.paused,
        paused: true,
      },
    };
  }
}

import type { types } from 'mediasoup';
import { reachOf } from '../router/pipe-end.ts';
import { ConsumerStats } from '../statistics/consumer-stats.ts';
import { countStates, type MediaStates } from '../statistics/media-states.ts';
import { PipeStats } from '../statistics/pipe-stats.ts';
import { ProducerStats } from '../statistics/producer-stats.ts';
import type { PipeReach } from '../statistics/stream-metrics.ts';
import { StatsPoller, type StatsPollerOptions } from '../statistics/stats-poller.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

/**
 * Counts what mediasoup holds in one worker, by the events of mediasoup's own objects: an object that this service
 * forgot to close is still counted. Also reads the statistics of the worker's streams from time to time.
 *
 * A pipe counts once, at the router that it comes from, where it costs as much as a consumer. Its other end is no further producer.
 */
export class WorkerCensus {
  readonly #metrics: WorkerMetrics;
  readonly #poller: StatsPoller;
  readonly #transports = new Set<types.WebRtcTransport>();
  readonly #consumers = new Set<types.Consumer>();
  readonly #pipes = new Set<types.Consumer>();
  #sounds = 0;
  routers = 0;
  producers = 0;
  /** Ends of links to other nodes; each has a port. */
  links = 0;

  constructor(worker: types.Worker, metrics: WorkerMetrics, polling: StatsPollerOptions) {
    this.#metrics = metrics;
    this.#poller = new StatsPoller(polling);
    worker.observer.on('newrouter', (router) => this.#countRouter(router));
  }

  get transports(): number {
    return this.#transports.size;
  }

  /** Streams that are forwarded: to peers, and to other routers. */
  get consumers(): number {
    return this.#consumers.size + this.#pipes.size;
  }

  /** Those of `consumers` that are sound. */
  get sounds(): number {
    return this.#sounds;
  }

  get pipes(): number {
    return this.#pipes.size;
  }

  get states(): MediaStates {
    return countStates(this.#transports, this.#consumers);
  }

  /** Ends the reading of statistics. Objects that close later are still counted. */
  close(): void {
    this.#poller.close();
  }

  #countRouter(router: types.Router): void {
    this.routers++;
    this.#metrics.routerOpened();
    // The node makes no other transports.
    router.observer.on('newtransport', (transport) => {
      if (transport.type === 'pipe') this.#countPipes(transport);
      else this.#countTransport(transport as types.WebRtcTransport);
    });
    router.observer.once('close', () => {
      this.routers--;
      this.#metrics.routerClosed();
    });
  }

  #countTransport(transport: types.WebRtcTransport): void {
    this.#transports.add(transport);
    this.#metrics.transportOpened();
    transport.observer.on('newproducer', (producer) => this.#countProducer(producer));
    transport.observer.on('newconsumer', (consumer) => this.#countConsumer(consumer));
    transport.observer.on('icestatechange', (state) => {
      if (state === 'disconnected') this.#metrics.iceDisconnected();
    });
    transport.observer.on('dtlsstatechange', (state) => {
      if (state === 'failed') this.#metrics.dtlsFailed();
    });
    transport.observer.once('close', () => {
      this.#transports.delete(transport);
      this.#metrics.transportClosed();
    });
  }

  #countProducer(producer: types.Producer): void {
    const stats = new ProducerStats(producer, this.#metrics.streams);
    this.producers++;
    this.#metrics.producerOpened(producer.kind);
    this.#poller.add(stats);
    producer.observer.once('close', () => {
      this.producers--;
      this.#metrics.producerClosed(producer.kind);
      this.#poller.remove(stats);
    });
  }

  #countPipes(transport: types.Transport): void {
    const reach = reachOf(transport.appData);
    transport.observer.on('newconsumer', (pipe) => this.#countPipe(pipe, reach));
    if (reach === 'local') return;
    this.links++;
    this.#metrics.linkOpened();
    transport.observer.once('close', () => {
      this.links--;
      this.#metrics.linkClosed();
    });
  }

  #countPipe(pipe: types.Consumer, reach: PipeReach): void {
    const stats = new PipeStats(pipe, reach, this.#metrics.streams);
    this.#pipes.add(pipe);
    if (pipe.kind === 'audio') this.#sounds++;
    this.#metrics.pipeOpened(pipe.kind, reach);
    this.#poller.add(stats);
    pipe.observer.once('close', () => {
      this.#pipes.delete(pipe);
      if (pipe.kind === 'audio') this.#sounds--;
      this.#metrics.pipeClosed(pipe.kind, reach);
      this.#poller.remove(stats);
    });
  }

  #countConsumer(consumer: types.Consumer): void {
    const stats = new ConsumerStats(consumer, this.#metrics.streams);
    this.#consumers.add(consumer);
    if (consumer.kind === 'audio') this.#sounds++;
    this.#metrics.consumerOpened(consumer.kind);
    this.#poller.add(stats);
    consumer.observer.once('close', () => {
      this.#consumers.delete(consumer);
      if (consumer.kind === 'audio') this.#sounds--;
      this.#metrics.consumerClosed(consumer.kind);
      this.#poller.remove(stats);
    });
  }
}

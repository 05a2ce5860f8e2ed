import type { types } from 'mediasoup';
import type { MediaMetrics } from './metrics.ts';

/**
 * Counts what a worker holds by watching mediasoup's own objects, not ours, so that something we forgot to close
 * still shows.
 */
export class WorkerCensus {
  readonly #metrics: MediaMetrics;
  routers = 0;
  transports = 0;
  producers = 0;
  consumers = 0;

  constructor(worker: types.Worker, metrics: MediaMetrics) {
    this.#metrics = metrics;
    worker.observer.on('newrouter', (router) => this.#countRouter(router));
  }

  #countRouter(router: types.Router): void {
    this.routers++;
    this.#metrics.routerOpened();
    router.observer.on('newtransport', (transport) => this.#countTransport(transport));
    router.observer.once('close', () => {
      this.routers--;
      this.#metrics.routerClosed();
    });
  }

  #countTransport(transport: types.Transport): void {
    this.transports++;
    this.#metrics.transportOpened();
    transport.observer.on('newproducer', (producer) => this.#countProducer(producer));
    transport.observer.on('newconsumer', (consumer) => this.#countConsumer(consumer));
    transport.observer.once('close', () => {
      this.transports--;
      this.#metrics.transportClosed();
    });
  }

  #countProducer(producer: types.Producer): void {
    this.producers++;
    this.#metrics.producerOpened(producer.kind);
    producer.observer.once('close', () => {
      this.producers--;
      this.#metrics.producerClosed(producer.kind);
    });
  }

  #countConsumer(consumer: types.Consumer): void {
    this.consumers++;
    this.#metrics.consumerOpened(consumer.kind);
    consumer.observer.once('close', () => {
      this.consumers--;
      this.#metrics.consumerClosed(consumer.kind);
    });
  }
}

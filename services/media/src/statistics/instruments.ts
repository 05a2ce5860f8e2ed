import { Counter, Gauge, type Registry } from 'prom-client';

/** Makes the counters and gauges of the media service, whose names all begin with `parley_media_`. */
export class Instruments {
  readonly #registers: Registry[];

  constructor(registry: Registry) {
    this.#registers = [registry];
  }

  counter<L extends string = never>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name: `parley_media_${name}`, help, labelNames, registers: this.#registers });
  }

  gauge<L extends string = never>(name: string, help: string, labelNames: L[] = []): Gauge<L> {
    return new Gauge({ name: `parley_media_${name}`, help, labelNames, registers: this.#registers });
  }
}

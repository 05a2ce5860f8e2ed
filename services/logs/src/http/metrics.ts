import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60];

export class LogsMetrics {
  readonly logins: Counter<'outcome'>;
  readonly searchSeconds: Histogram<'outcome'>;
  readonly searchedBytes: Counter;
  readonly tails: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.logins = new Counter({
      name: 'parley_logs_logins_total',
      help: 'Attempts to log in, by outcome: ok, refused, limited',
      labelNames: ['outcome'],
      registers,
    });
    this.searchSeconds = new Histogram({
      name: 'parley_logs_search_seconds',
      help: 'Searches and downloads, by outcome: ok, cancelled, failed',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    });
    this.searchedBytes = new Counter({
      name: 'parley_logs_searched_bytes_total',
      help: 'Bytes of log files that searches looked at',
      registers,
    });
    this.tails = new Gauge({ name: 'parley_logs_tails', help: 'Live tails that are open', registers });
  }
}

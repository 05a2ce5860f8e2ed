import { RestClient } from '../base/rest-client.ts';
import type { ClientLog } from '../base/log.ts';
import { CallTelemetry } from './call-telemetry.ts';
import type { StatisticsReader } from './statistics-reader.ts';

/** Telemetry reuses a reading of the statistics panel that is at most this old. */
const STATISTICS_AGE_MS = 2_500;

type ReportingOptions = {
  origin: string;
  statistics: StatisticsReader;
  reportPass: () => string | null;
  log: ClientLog;
};

/** Telemetry that reports to the gateway. */
export function reportingTelemetry(options: ReportingOptions): CallTelemetry {
  const { origin, statistics, reportPass, log } = options;
  const rest = new RestClient({ origin, traceId: () => null, keepalive: true, reportPass });
  return new CallTelemetry({
    log,
    read: () => statistics.snapshot(STATISTICS_AGE_MS),
    send: (body) => rest.call('sendClientMetrics', { body }),
  });
}

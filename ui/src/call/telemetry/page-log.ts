import { teeLog, consoleLog, type ClientLog, type LogFields } from '../base/log.ts';
import { redactText } from './log-line.ts';
import { LogShipper } from './log-shipper.ts';
import { RestClient } from '../base/rest-client.ts';

/** The JavaScript engine writes the messages of these errors, so that they contain no text that a user wrote. */
const ENGINE_ERRORS = ['TypeError', 'ReferenceError', 'RangeError', 'InvalidStateError'];

let shared: ClientLog | null = null;

/**
 * The shared log of this page. Each line goes to the browser's console and to the gateway. Errors that no code caught
 * are logged too.
 */
export function pageLog(): ClientLog {
  shared ??= createPageLog();
  return shared;
}

function createPageLog(): ClientLog {
  const rest = new RestClient({ origin: location.origin, traceId: () => null, keepalive: true });
  const shipper = new LogShipper({ send: (body) => rest.call('sendClientLogs', { body }) });
  let call: LogFields = {};
  const ship: ClientLog = (level, message, fields = {}) => {
    if (fields['traceId'] !== undefined) call = pickIds(fields);
    shipper.log(level, message, fields);
  };
  addEventListener('pagehide', () => shipper.setLeaving(true));
  addEventListener('pageshow', () => shipper.setLeaving(false));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') shipper.flush();
  });
  addEventListener('error', ({ error }) => ship('error', 'unhandled error', { ...call, ...describe(error) }));
  addEventListener('unhandledrejection', ({ reason }) =>
    ship('error', 'unhandled rejection', { ...call, ...describe(reason) }),
  );
  return teeLog(consoleLog, ship);
}

function pickIds({ traceId, room, peer }: LogFields): LogFields {
  return { traceId, room, peer };
}

/** The name and place of an error, without a text that may contain what a person wrote. */
export function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  const place = /(?:\(|@|at )((?:https?:\/\/[^\s/]+)?\/[^\s)]*:\d+:\d+)/.exec(stack ?? '')?.[1];
  return {
    type: name,
    reason: ENGINE_ERRORS.includes(name) ? redactText(message) : undefined,
    place: place?.replace(/^https?:\/\/[^/]+/, ''),
  };
}

import type { TraceId } from '@parley/proto/ids';
import type { ClientLogs } from '@parley/proto/rest';
import { teeLog, consoleLog, type ClientLog, type LogFields } from '../base/log.ts';
import { redactText } from './log-line.ts';
import { LogShipper } from './log-shipper.ts';
import { RestClient } from '../base/rest-client.ts';

/** The JavaScript engine writes the messages of these errors, so that they contain no text that a user wrote. */
const ENGINE_ERRORS = ['TypeError', 'ReferenceError', 'RangeError', 'InvalidStateError'];

let shared: ClientLog | null = null;
let shipper: LogShipper | null = null;

/**
 * The shared log of this page. Each line goes to the browser's console and to the gateway. Errors that no code caught
 * are logged too.
 */
export function pageLog(): ClientLog {
  shared ??= createPageLog();
  return shared;
}

/** From now on the lines of this call may be sent. */
export function admitToPageLog(traceId: TraceId, pass: string): void {
  shipper?.admit(traceId, pass);
}

function createPageLog(): ClientLog {
  const made = new LogShipper({ send: sendLines });
  shipper = made;
  let call: LogFields = {};
  const ship: ClientLog = (level, message, fields = {}) => {
    if (fields['traceId'] !== undefined) call = pickIds(fields);
    made.log(level, message, fields);
  };
  addEventListener('pagehide', () => made.setLeaving(true));
  addEventListener('pageshow', () => made.setLeaving(false));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') made.flush();
  });
  addEventListener('error', ({ error }) => ship('error', 'unhandled error', { ...call, ...describe(error) }));
  addEventListener('unhandledrejection', ({ reason }) =>
    ship('error', 'unhandled rejection', { ...call, ...describe(reason) }),
  );
  return teeLog(consoleLog, ship);
}

function sendLines(body: ClientLogs, pass: string): Promise<void> {
  const options = { origin: location.origin, traceId: () => null, keepalive: true, reportPass: () => pass };
  return new RestClient(options).call('sendClientLogs', { body });
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

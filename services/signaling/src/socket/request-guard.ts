import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OriginPolicy } from '@parley/common/limits';
import type { SignalingMetrics } from '../metrics.ts';

/** Engine.io puts the parsed query here before any middleware runs. */
type EngineRequest = IncomingMessage & { _query?: Readonly<Record<string, unknown>> };

type Guard = (request: EngineRequest, response: ServerResponse, next: (error?: Error) => void) => void;

/**
 * Checks every request of Engine.io, also those that continue a session: long polls, posts and upgrades. `allowRequest`
 * checks the first one as well.
 *
 * Polling by JSONP is refused. Its answers are scripts, which the page of any site may load and run, and its posts are
 * forms, which any page may send.
 */
export function createRequestGuard(originPolicy: OriginPolicy, metrics: SignalingMetrics): Guard {
  return (request, _response, next) => {
    const query = request._query ?? {};
    if (query['j'] !== undefined) return next(new Error('no polling by JSONP'));
    if (query['sid'] === undefined || originPolicy.allows(request)) return next();
    metrics.connectionRefused('origin');
    next(new Error('origin not allowed'));
  };
}

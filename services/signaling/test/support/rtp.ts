import { opusParameters, simulcastParameters } from '@parley/common/testing';
import type { RequestInput } from '@parley/proto/requests';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';

export { dtlsParameters, opusParameters, simulcastParameters } from '@parley/common/testing';

export const RTP_CAPABILITIES = ROUTER_RTP_CAPABILITIES;

export function microphone(): RequestInput<'producer:create'> {
  return { source: 'microphone', kind: 'audio', rtpParameters: opusParameters(), paused: false };
}

export function camera(): RequestInput<'producer:create'> {
  return { source: 'camera', kind: 'video', rtpParameters: simulcastParameters(), paused: false };
}

export function screen(): RequestInput<'producer:create'> {
  return { source: 'screen', kind: 'video', rtpParameters: simulcastParameters(), paused: false };
}

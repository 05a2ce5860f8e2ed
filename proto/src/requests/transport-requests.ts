import { z } from 'zod';
import { transportIdSchema } from '../base/ids.ts';
import {
  dtlsParametersSchema,
  iceParametersSchema,
  iceServerSchema,
  transportParametersSchema,
} from '../rtp/rtp.ts';

/** The part of REQUESTS for the transports of a peer. */
export const TRANSPORT_REQUESTS = {
  'transport:connect': {
    description:
      'Gives the DTLS parameters of one of the two transports. Send it once for each transport, before its first packets.',
    phase: 'joined',
    rate: { burst: 60, perSecond: 20 },
    request: z.strictObject({ transportId: transportIdSchema, dtlsParameters: dtlsParametersSchema }),
    response: z.strictObject({}),
  },
  'transport:restart-ice': {
    description: 'Gives new ICE parameters for a transport whose connection is lost.',
    phase: 'joined',
    rate: { burst: 10, perSecond: 1 },
    request: z.strictObject({ transportId: transportIdSchema }),
    response: z.strictObject({ iceParameters: iceParametersSchema }),
  },
  'transport:open-send': {
    description:
      'Makes the transport to send on, for a peer that has none because its role was one that may send nothing. Repeating it answers with the same transport. When the peer gets such a role again, the server closes that transport: close yours too.',
    phase: 'joined',
    rate: { burst: 5, perSecond: 0.5 },
    request: z.strictObject({}),
    response: z.strictObject({
      transport: transportParametersSchema,
      iceServers: z.array(iceServerSchema).max(16),
    }),
  },
} as const;

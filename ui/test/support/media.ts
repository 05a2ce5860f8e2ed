import { transportIdSchema } from '@parley/proto/ids';
import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import { dtlsParametersSchema, type TransportParameters } from '@parley/proto/rtp';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';

/** What the statistics say of each stream, in addition to what flows. */
export type FakeFigures = { received: () => object; sent: () => readonly object[] };

/**
 * @param flows Whether each stream that is received brings something at each reading of the statistics.
 * @param answers Whether the server answers on the path at each reading.
 */
export function fakeHandlerFactory(
  flows: () => boolean = () => true,
  answers: () => boolean = flows,
  figures: FakeFigures = { received: () => ({}), sent: () => [] },
): types.HandlerFactory {
  const made = FakeHandler.createFactory({
    ...testFakeParameters,
    generateNativeRtpCapabilities: () =>
      structuredClone({ ...ROUTER_RTP_CAPABILITIES }) as types.RtpCapabilities,
  });
  let packetsReceived = 0;
  let responsesReceived = 0;
  const inbound = (mid: number) => ({
    id: `in-${mid}`,
    type: 'inbound-rtp',
    mid: String(mid),
    packetsReceived,
    ...figures.received(),
  });
  return {
    ...made,
    factory: (options) => {
      const handler = made.factory(options);
      handler.getTransportStats = async () => {
        if (flows()) packetsReceived += 1;
        if (answers()) responsesReceived += 1;
        const streams = Array.from({ length: 200 }, (_, mid) => [`in-${mid}`, inbound(mid)] as const);
        const pair = { id: 'pair', type: 'candidate-pair', responsesReceived };
        const sent = figures.sent().map((stat, index) => [`out-${index}`, stat] as const);
        return new Map<string, object>([...streams, ...sent, ['pair', pair]]);
      };
      return handler;
    },
  };
}

export async function fakeDevice(): Promise<Device> {
  const device = await Device.factory({ handlerFactory: fakeHandlerFactory() });
  await device.load({
    routerRtpCapabilities: structuredClone(ROUTER_RTP_CAPABILITIES) as types.RtpCapabilities,
  });
  return device;
}

let count = 0;

export function transportParameters(): TransportParameters {
  count += 1;
  return {
    transportId: transportIdSchema.parse(`transport-${count}`),
    iceParameters: { usernameFragment: 'user', password: 'password', iceLite: true },
    iceCandidates: [
      { foundation: 'f', priority: 1, address: '127.0.0.1', protocol: 'udp', port: 40_000, type: 'host' },
    ],
    dtlsParameters: dtlsParametersSchema.parse({
      role: 'auto',
      fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
    }),
  };
}

/** A sending transport of a fake browser; producers get the ids p1, p2, ... unless `produce` says otherwise. */
export async function sendTransport(
  produce?: (appData: types.AppData) => Promise<string>,
): Promise<types.Transport> {
  const parameters = transportParameters();
  const transport = (await fakeDevice()).createSendTransport({
    id: parameters.transportId,
    iceParameters: parameters.iceParameters,
    iceCandidates: [],
    dtlsParameters: parameters.dtlsParameters,
  });
  let next = 0;
  transport.on('connect', (_, callback) => callback());
  const answer = async (appData: types.AppData, reply: (answer: { id: string }) => void): Promise<void> => {
    next += 1;
    reply({ id: (await produce?.(appData)) ?? `p${next}` });
  };
  transport.on('produce', ({ appData }, callback) => void answer(appData, callback));
  return transport;
}

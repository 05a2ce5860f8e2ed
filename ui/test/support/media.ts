import {
  dtlsParametersSchema,
  ROUTER_RTP_CAPABILITIES,
  transportIdSchema,
  type TransportParameters,
} from '@parley/proto';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';

export function fakeHandlerFactory(): types.HandlerFactory {
  return FakeHandler.createFactory({
    ...testFakeParameters,
    generateNativeRtpCapabilities: () =>
      structuredClone({ ...ROUTER_RTP_CAPABILITIES }) as types.RtpCapabilities,
  });
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

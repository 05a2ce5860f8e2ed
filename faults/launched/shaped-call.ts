import { freePorts, UdpRelay } from '@parley/common/testing';
import { BUSY_FILM } from '../../tests/harness/browser/film-camera.ts';
import type { Ground } from '../frame/fault.ts';
import { startLaunchedCall, stopLaunchedCall, type LaunchedCall } from './launched-call.ts';

/** Another address of loopback, at which nothing but the relay listens. */
const RELAY_ADDRESS = '127.0.0.2';

/** A call whose packets all go through a relay, which makes the network of everybody worse. */
export type ShapedCall = LaunchedCall & { readonly relay: UdpRelay };

export const SHAPED: Ground<ShapedCall> = {
  start: async () => {
    const port = await freePorts(1);
    const relay = await UdpRelay.create(port, Math.random, { address: RELAY_ADDRESS, port });
    const env = {
      MEDIA_WORKERS: '1',
      MEDIA_RTC_LISTEN_IP: '127.0.0.1',
      MEDIA_RTC_ANNOUNCED_ADDRESSES: RELAY_ADDRESS,
      MEDIA_RTC_PORT_BASE: String(port),
    };
    try {
      return { ...(await startLaunchedCall(env, BUSY_FILM)), relay };
    } catch (error) {
      relay.close();
      throw error;
    }
  },
  stop: async (call) => {
    await stopLaunchedCall(call);
    call.relay.close();
  },
  afterwards: ({ people }) => people.afterwards(),
};

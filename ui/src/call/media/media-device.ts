import { ROUTER_RTP_CAPABILITIES } from '@parley/proto/router-rtp-capabilities';
import type { RtpCapabilities } from '@parley/proto/rtp';
import { Device, type types } from 'mediasoup-client';
import { CallFailure } from '../base/call-failure.ts';
import { sanitizeRtpCapabilities, toClientCapabilities } from '../base/rtp-sanitizer.ts';
import { chooseHandler } from './handler-choice.ts';

export type ReadyDevice = {
  device: Device;
  certificate: RTCCertificate | null;
  rtpCapabilities: RtpCapabilities;
};

/**
 * The RTP capabilities of this browser, and the certificate of its transports. Both take tens of milliseconds, so that
 * they are prepared while the user is still on the pre-join page. Sends nothing.
 */
export class MediaDevice {
  readonly #ready: Promise<ReadyDevice>;

  constructor(handlerFactory?: types.HandlerFactory) {
    this.#ready = prepare(handlerFactory);
    // `ready` reports the error to the join. A page that is only open must not raise an unhandled rejection.
    this.#ready.catch(() => {});
  }

  /** Rejects with CallFailure `unsupported_browser`. */
  async ready(): Promise<ReadyDevice> {
    const ready = await this.#ready;
    // A certificate expires after a month. If the page was open longer, each connection makes its own certificate.
    const isExpired = ready.certificate !== null && ready.certificate.expires <= Date.now();
    return isExpired ? { ...ready, certificate: null } : ready;
  }
}

async function prepare(handlerFactory: types.HandlerFactory | undefined): Promise<ReadyDevice> {
  try {
    const [device, certificate] = await Promise.all([loadDevice(handlerFactory), makeCertificate()]);
    return { device, certificate, rtpCapabilities: sanitizeRtpCapabilities(device.recvRtpCapabilities) };
  } catch (error) {
    throw new CallFailure('unsupported_browser', { cause: error });
  }
}

/** The router's capabilities are a constant of the contract, so that the client need not request them. */
async function loadDevice(handlerFactory: types.HandlerFactory | undefined): Promise<Device> {
  const device = new Device(
    handlerFactory === undefined ? { handlerName: chooseHandler() } : { handlerFactory },
  );
  await device.load({ routerRtpCapabilities: toClientCapabilities(ROUTER_RTP_CAPABILITIES) });
  return device;
}

const P256: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

async function makeCertificate(): Promise<RTCCertificate | null> {
  try {
    return await RTCPeerConnection.generateCertificate(P256);
  } catch {
    return null;
  }
}

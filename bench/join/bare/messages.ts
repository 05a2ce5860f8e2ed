import type { types } from 'mediasoup-client';

/** A transport and a consumer, as the client of mediasoup needs them. */
export type TransportOptions = Pick<
  types.TransportOptions,
  'id' | 'iceParameters' | 'iceCandidates' | 'dtlsParameters'
>;
export type ConsumerOptions = Required<
  Pick<types.ConsumerOptions, 'id' | 'producerId' | 'kind' | 'rtpParameters'>
>;

/** What the bare page asks its server, and the answers. */
export type Requests = {
  capabilities: { ask: null; answer: types.RtpCapabilities };
  /** A transport with a consumer of everything that is sent in the call. */
  receive: {
    ask: types.RtpCapabilities;
    answer: { transport: TransportOptions; consumers: ConsumerOptions[] };
  };
  send: { ask: null; answer: TransportOptions };
  connect: { ask: { transportId: string; dtlsParameters: types.DtlsParameters }; answer: null };
  produce: {
    ask: { transportId: string; kind: types.MediaKind; rtpParameters: types.RtpParameters };
    answer: string;
  };
};
export type RequestName = keyof Requests;

/** A request and its answer have the same number. */
export type RequestMessage = { number: number; name: RequestName; ask: unknown };
export type AnswerMessage = { number: number; answer: unknown };
/** Somebody else sends something new. */
export type ConsumerMessage = { consumer: ConsumerOptions };

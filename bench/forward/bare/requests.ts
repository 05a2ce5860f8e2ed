import type { DtlsParameters, RtpParameters, TransportParameters } from '@parley/proto/rtp';

/** What the load asks the bare server. */
export type BareRequests = {
  /** A transport with a producer. */
  send: {
    question: { rtpParameters: RtpParameters };
    answer: { transport: TransportParameters; producerId: string };
  };
  /** A transport with a consumer of each, which is paused until `resume`. */
  receive: { question: { producerIds: readonly string[] }; answer: { transport: TransportParameters } };
  connect: { question: { transportId: string; dtlsParameters: DtlsParameters }; answer: null };
  resume: { question: { transportId: string }; answer: null };
};

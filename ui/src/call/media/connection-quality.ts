import type { types } from 'mediasoup-client';

/** 4 is the best connection, 1 the worst and 0 a lost one; null: not known yet. */
export type Quality = 0 | 1 | 2 | 3 | 4 | null;

/** Converts a score of mediasoup, 0 to 10, to the number of dots that the page shows. */
export function qualityOfScore(score: number): Exclude<Quality, null> {
  if (score >= 9) return 4;
  if (score >= 7) return 3;
  if (score >= 5) return 2;
  return score >= 1 ? 1 : 0;
}

export type StreamScores = { score: number | null; producerScore: number | null; paused: boolean };

/**
 * The quality of the connection with a remote peer: the worst score of its streams that are not paused, and 0 while its
 * socket is lost.
 */
export function remoteQuality(
  connection: 'connected' | 'reconnecting',
  streams: readonly StreamScores[],
): Quality {
  if (connection === 'reconnecting') return 0;
  const scores = streams
    .filter((stream) => !stream.paused)
    .flatMap((stream) => [stream.score, stream.producerScore])
    .filter((score) => score !== null);
  return scores.length === 0 ? null : qualityOfScore(Math.min(...scores));
}

export type OwnConnection = {
  signaling: boolean;
  transports: readonly types.ConnectionState[];
  /**
   * For each producer, the best score of its layers, because layers that nobody needs are not sent and have low scores.
   */
  producerScores: readonly number[];
};

export function ownQuality(own: OwnConnection): Quality {
  if (!own.signaling || own.transports.some((state) => state === 'failed' || state === 'disconnected'))
    return 0;
  if (own.producerScores.length > 0) return qualityOfScore(Math.min(...own.producerScores));
  return own.transports.some((state) => state === 'connected') ? 4 : null;
}

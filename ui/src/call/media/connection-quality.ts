import type { types } from 'mediasoup-client';

/** 4 is perfect, 1 is barely there, 0 is lost; null is not known yet. */
export type Quality = 0 | 1 | 2 | 3 | 4 | null;

/** Scores of mediasoup, 0 to 10, as dots. */
export function qualityOfScore(score: number): Exclude<Quality, null> {
  if (score >= 9) return 4;
  if (score >= 7) return 3;
  if (score >= 5) return 2;
  return score >= 1 ? 1 : 0;
}

export type StreamScores = { score: number | null; producerScore: number | null; paused: boolean };

/** How well somebody reaches us: the worst of what flows, and nothing while their socket is lost. */
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
  /** Of each producer: the best of its layers, since the unwanted ones are not sent. */
  producerScores: readonly number[];
};

export function ownQuality(own: OwnConnection): Quality {
  if (!own.signaling || own.transports.some((state) => state === 'failed' || state === 'disconnected'))
    return 0;
  if (own.producerScores.length > 0) return qualityOfScore(Math.min(...own.producerScores));
  return own.transports.some((state) => state === 'connected') ? 4 : null;
}

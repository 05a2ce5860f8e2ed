import { z } from 'zod';

export const sourceSchema = z
  .enum(['microphone', 'camera', 'screen', 'screen-audio'])
  .describe('The kind of track that a producer carries. A peer has at most one producer of each source.');
export type Source = z.infer<typeof sourceSchema>;

export const SOURCE_KINDS = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-audio': 'audio',
} as const satisfies Record<Source, 'audio' | 'video'>;

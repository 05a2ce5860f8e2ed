import { z } from 'zod';

/** What a client shows to continue as the same peer. Each snapshot brings a new one. */
export const resumeSecretSchema = z.string().min(32).max(256);

/** The verbs that a page may send as its last: over its socket, and by a request that outlives the page. */
export const goodbyeSchema = z.enum(['room:suspend', 'room:leave']);
export type Goodbye = z.infer<typeof goodbyeSchema>;

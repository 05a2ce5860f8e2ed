import { z } from 'zod';

// Runs before any other code of the pages. zod looks once whether it may compile parsers; the policy of the pages forbids that, and
// browsers report the mere attempt.
z.config({ jitless: true });

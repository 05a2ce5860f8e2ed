import { z } from 'zod';
import { registerServiceWorker } from './browser/service-worker.ts';
import { refuseStrayDrops } from './browser/stray-drop.ts';

// Runs before all other code of the pages. zod tries once whether it may compile parsers. The policy of the pages forbids that, and
// browsers report the attempt, so zod must not try.
z.config({ jitless: true });

refuseStrayDrops(document);
registerServiceWorker();

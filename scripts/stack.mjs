// `npm run stack`: the full stack without containers. Uses Node's built-ins only, as start.mjs.
import { ensureInfrastructure } from './bootstrap/infrastructure.mjs';
import { launch } from './bootstrap/launch.mjs';

await launch('launcher/stack/main.ts', { uiBuild: true, prepare: ensureInfrastructure });

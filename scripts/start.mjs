// `npm start` and `npm run dev`. Uses Node's built-ins only: it is what installs everything else.
import process from 'node:process';
import { launch } from './bootstrap/launch.mjs';

await launch('launcher/main.ts', { uiBuild: !process.argv.includes('--dev') });

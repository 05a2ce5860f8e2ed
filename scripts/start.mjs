// `npm start` and `npm run dev`. Uses Node's built-ins only: it is what installs everything else.
import process from 'node:process';
import { launch } from './bootstrap/launch.mjs';
import { ensurePrograms } from './bootstrap/system-packages.mjs';

const isForNetwork = process.argv.some((argument) => argument.startsWith('--lan'));

await launch('launcher/start/main.ts', {
  uiBuild: !process.argv.includes('--dev'),
  prepare: async (steps) => {
    if (isForNetwork) await ensurePrograms(['openssl'], 'the certificate for other devices', steps);
    return {};
  },
});

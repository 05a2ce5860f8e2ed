// The health check of our images: `node healthy.mjs PORT [PATH]` exits with 0 if the service answers that it is ready.
import process from 'node:process';

const TIMEOUT_MS = 4_000;
const [port, path = '/readyz'] = process.argv.slice(2);

const signal = AbortSignal.timeout(TIMEOUT_MS);
const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal }).catch(() => undefined);
process.exit(response?.ok ? 0 : 1);

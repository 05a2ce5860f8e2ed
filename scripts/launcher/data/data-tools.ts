import { join } from 'node:path';
import { ROOT } from '../../lib/paths.mjs';
import type { DataPlaces } from './data-places.ts';

export interface DataTool {
  readonly path: string;
  readonly env: (places: DataPlaces) => NodeJS.ProcessEnv;
}

const toolOf = (service: string): string => join(ROOT, 'services', service, 'src', 'data.ts');

export const ROOMS_TOOL: DataTool = { path: toolOf('signaling'), env: ({ rooms }) => rooms };
export const ACCOUNTS_TOOL: DataTool = { path: toolOf('gateway'), env: ({ accounts }) => accounts };

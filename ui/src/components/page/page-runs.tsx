'use client';

import { useEffect } from 'react';
import { pageRuns } from '../../browser/page-load.ts';

/** Notes that the code of the page runs. */
export function PageRuns() {
  useEffect(pageRuns, []);
  return null;
}

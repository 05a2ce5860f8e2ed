'use client';

import { createContext, use, useReducer, type Dispatch, type ReactNode } from 'react';
import {
  INITIAL_ARRANGEMENT,
  reduceArrangement,
  type Arrangement,
  type ArrangementAction,
} from '../arrangement/arrangement.ts';

const ArrangementContext = createContext<{
  arrangement: Arrangement;
  dispatch: Dispatch<ArrangementAction>;
} | null>(null);

/** How this person looks at the call: layout, pins, panels. */
export function ArrangementProvider({ children }: { children: ReactNode }) {
  const [arrangement, dispatch] = useReducer(reduceArrangement, INITIAL_ARRANGEMENT);
  return <ArrangementContext value={{ arrangement, dispatch }}>{children}</ArrangementContext>;
}

export function useArrangement(): { arrangement: Arrangement; dispatch: Dispatch<ArrangementAction> } {
  const value = use(ArrangementContext);
  if (value === null) throw new Error('There is no arrangement here');
  return value;
}

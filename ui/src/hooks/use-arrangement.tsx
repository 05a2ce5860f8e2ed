'use client';

import { createContext, use, useReducer, type Dispatch, type ReactNode } from 'react';
import {
  INITIAL_CALL_VIEW,
  reduceCallView,
  type CallView,
  type CallViewAction,
} from '../arrangement/arrangement.ts';

const ViewContext = createContext<{ view: CallView; dispatch: Dispatch<CallViewAction> } | null>(null);

/** How this person looks at the call: layout, pins, panels. */
export function CallViewProvider({ children }: { children: ReactNode }) {
  const [view, dispatch] = useReducer(reduceCallView, INITIAL_CALL_VIEW);
  return <ViewContext value={{ view, dispatch }}>{children}</ViewContext>;
}

export function useCallView(): { view: CallView; dispatch: Dispatch<CallViewAction> } {
  const value = use(ViewContext);
  if (value === null) throw new Error('There is no call view here');
  return value;
}

'use client';

import { denialOf, type Right } from '../../selectors/rights.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';

/** Why the person may not do this now, in words; null if they may. */
export function useDenial(right: Right): string | null {
  const { t } = useWords();
  const denial = useCall((state) => denialOf(state, right));
  return denial === null ? null : t(`hosts.denied.${right}.${denial}`);
}

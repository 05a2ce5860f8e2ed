'use client';

import { Users } from 'lucide-react';
import { useId } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { CountBadge } from '../basics/count-badge.tsx';
import { IconButton } from '../basics/icon-button.tsx';

export function PeopleButton() {
  const { arrangement, dispatch } = useArrangement();
  const count = useCall((state) => state.participants.length);
  const open = arrangement.panel === 'people';
  const countId = useId();
  return (
    <span className="relative">
      <IconButton
        label="People"
        shortcut={shortcutKey('people')}
        aria-expanded={open}
        aria-describedby={count > 0 ? countId : undefined}
        tone={open ? 'active' : 'neutral'}
        onClick={() => dispatch({ type: 'panel-toggled', panel: 'people' })}
      >
        <Users aria-hidden />
      </IconButton>
      {count > 0 ? <CountBadge id={countId} count={count} words={`${count} in the call`} /> : null}
    </span>
  );
}

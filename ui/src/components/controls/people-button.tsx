'use client';

import { Users } from 'lucide-react';
import { useId } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { CountBadge } from '../basics/count-badge.tsx';
import { IconButton } from '../basics/icon-button.tsx';

export function PeopleButton() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const count = useCall((state) => state.crowd?.all ?? state.participants.length);
  const waiting = useCall((state) => state.waiting.length);
  const open = arrangement.panel === 'people';
  const countId = useId();
  return (
    <span className="relative">
      <IconButton
        label={t('controls.people')}
        shortcut={shortcutKey('people')}
        aria-expanded={open}
        aria-describedby={count > 0 ? countId : undefined}
        tone={open ? 'active' : 'neutral'}
        onClick={() => dispatch({ type: 'panel-toggled', panel: 'people' })}
      >
        <Users aria-hidden />
      </IconButton>
      {count > 0 ? (
        <CountBadge
          id={countId}
          count={count}
          strong={waiting > 0}
          words={[
            t('controls.inCall', { count }),
            ...(waiting > 0 ? [t('door.knocks.heading', { count: waiting })] : []),
          ].join(', ')}
        />
      ) : null}
    </span>
  );
}

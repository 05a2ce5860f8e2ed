'use client';

import { MessageSquare } from 'lucide-react';
import { useId } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { CountBadge } from '../basics/count-badge.tsx';
import { IconButton } from '../basics/icon-button.tsx';

export function ChatButton() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const unread = useCall((state) => state.unreadChat);
  const open = arrangement.panel === 'chat';
  const countId = useId();
  return (
    <span className="relative">
      <IconButton
        label={t('controls.chat')}
        shortcut={shortcutKey('chat')}
        aria-expanded={open}
        aria-describedby={unread > 0 ? countId : undefined}
        tone={open ? 'active' : 'neutral'}
        onClick={() => dispatch({ type: 'panel-toggled', panel: 'chat' })}
      >
        <MessageSquare aria-hidden />
      </IconButton>
      {unread > 0 && !open ? (
        <CountBadge id={countId} count={unread} words={t('controls.unread', { count: unread })} strong />
      ) : null}
    </span>
  );
}

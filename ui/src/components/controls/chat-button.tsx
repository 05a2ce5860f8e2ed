'use client';

import { MessageSquare } from 'lucide-react';
import { useId } from 'react';
import { useCall } from '../../bridge/use-call.tsx';
import { useCallView } from '../../bridge/use-call-view.tsx';
import { shortcutKey } from '../../view/shortcuts.ts';
import { CountBadge } from '../ui/count-badge.tsx';
import { IconButton } from '../ui/icon-button.tsx';

export function ChatButton() {
  const { view, dispatch } = useCallView();
  const unread = useCall((state) => state.unreadChat);
  const open = view.panel === 'chat';
  const countId = useId();
  return (
    <span className="relative">
      <IconButton
        label="Chat"
        shortcut={shortcutKey('chat')}
        aria-expanded={open}
        aria-describedby={unread > 0 ? countId : undefined}
        tone={open ? 'active' : 'neutral'}
        onClick={() => dispatch({ type: 'panel-toggled', panel: 'chat' })}
      >
        <MessageSquare aria-hidden />
      </IconButton>
      {unread > 0 && !open ? (
        <CountBadge id={countId} count={unread} words={`${unread} unread`} strong />
      ) : null}
    </span>
  );
}

'use client';

import {
  Activity,
  AudioLines,
  Eye,
  EyeOff,
  Keyboard,
  LayoutGrid,
  Link2,
  Maximize,
  Minimize,
  PictureInPicture2,
  RectangleHorizontal,
  Settings,
  type LucideIcon,
} from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { canFullscreen, useFullscreen } from '../../hooks/page/use-fullscreen.ts';
import { usePictureInPicture } from '../../hooks/use-picture-in-picture.tsx';
import type { ShortcutId } from '../../browser/shortcuts.ts';

export type MoreItem = { id: ShortcutId; label: string; icon: LucideIcon };

/** The actions that have no button of their own, with labels for the present state. */
export function useMoreItems(): MoreItem[] {
  const { layout, selfView } = useArrangement().arrangement;
  const fullscreen = useFullscreen();
  const { active } = usePictureInPicture();
  const voicesOnly = useCall((state) => state.pictureMode === 'none');
  const hidden = selfView === 'hidden';
  const items: (MoreItem | null)[] = [
    layout === 'grid'
      ? { id: 'layout', label: 'Speaker view', icon: RectangleHorizontal }
      : { id: 'layout', label: 'Grid view', icon: LayoutGrid },
    {
      id: 'self-view',
      label: hidden ? 'Show your picture' : 'Hide your picture',
      icon: hidden ? Eye : EyeOff,
    },
    canFullscreen()
      ? {
          id: 'fullscreen',
          label: fullscreen ? 'Exit fullscreen' : 'Fullscreen',
          icon: fullscreen ? Minimize : Maximize,
        }
      : null,
    {
      id: 'picture-in-picture',
      label: active ? 'Close picture in picture' : 'Picture in picture',
      icon: PictureInPicture2,
    },
    {
      id: 'voices-only',
      label: voicesOnly ? 'Show pictures again' : 'Voices only',
      icon: AudioLines,
    },
    { id: 'copy-link', label: 'Copy link', icon: Link2 },
    { id: 'statistics', label: 'Statistics', icon: Activity },
    { id: 'help', label: 'Keyboard shortcuts', icon: Keyboard },
    { id: 'settings', label: 'Settings', icon: Settings },
  ];
  return items.filter((item) => item !== null);
}

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
import { useWords } from '../../hooks/use-words.ts';
import type { ShortcutId } from '../../browser/shortcuts.ts';

export type MoreItem = { id: ShortcutId; label: string; icon: LucideIcon };

/** The actions that have no button of their own, with labels for the present state. */
export function useMoreItems(): MoreItem[] {
  const { t } = useWords();
  const { layout, selfView } = useArrangement().arrangement;
  const fullscreen = useFullscreen();
  const { active } = usePictureInPicture();
  const voicesOnly = useCall((state) => state.pictureMode === 'none');
  const hidden = selfView === 'hidden';
  const items: (MoreItem | null)[] = [
    layout === 'grid'
      ? { id: 'layout', label: t('controls.more.speakerView'), icon: RectangleHorizontal }
      : { id: 'layout', label: t('controls.more.gridView'), icon: LayoutGrid },
    {
      id: 'self-view',
      label: t(hidden ? 'controls.more.showSelf' : 'controls.more.hideSelf'),
      icon: hidden ? Eye : EyeOff,
    },
    canFullscreen()
      ? {
          id: 'fullscreen',
          label: t(fullscreen ? 'controls.more.exitFullscreen' : 'controls.more.fullscreen'),
          icon: fullscreen ? Minimize : Maximize,
        }
      : null,
    {
      id: 'picture-in-picture',
      label: t(active ? 'controls.more.closePictureInPicture' : 'controls.more.pictureInPicture'),
      icon: PictureInPicture2,
    },
    {
      id: 'voices-only',
      label: t(voicesOnly ? 'controls.more.showPictures' : 'controls.more.voicesOnly'),
      icon: AudioLines,
    },
    { id: 'copy-link', label: t('controls.more.copyLink'), icon: Link2 },
    { id: 'statistics', label: t('controls.more.statistics'), icon: Activity },
    { id: 'help', label: t('controls.more.shortcuts'), icon: Keyboard },
    { id: 'settings', label: t('controls.more.settings'), icon: Settings },
  ];
  return items.filter((item) => item !== null);
}

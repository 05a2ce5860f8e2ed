'use client';

import type { ReactNode } from 'react';
import { useIsNarrow } from '../../hooks/page/use-media-query.ts';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Panel } from '../../arrangement/arrangement.ts';
import { ChatPanel } from '../chat/chat-panel.tsx';
import { PeoplePanel } from '../people/people-panel.tsx';
import { StatisticsPanel } from '../statistics/statistics-panel.tsx';
import { DockedPanel } from './docked-panel.tsx';
import { PanelSheet } from './panel-sheet.tsx';

const CONTENTS: Record<Panel, () => ReactNode> = {
  chat: ChatPanel,
  people: PeoplePanel,
  statistics: StatisticsPanel,
};

/** Chat, people or statistics: beside the pictures, or as a sheet over them in a narrow window. */
export function SidePanel() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const narrow = useIsNarrow();
  if (arrangement.panel === null) return null;
  const close = () => dispatch({ type: 'panel-closed' });
  const Content = CONTENTS[arrangement.panel];
  const Frame = narrow ? PanelSheet : DockedPanel;
  return (
    <Frame key={arrangement.panel} title={t(`call.panel.${arrangement.panel}`)} onClose={close}>
      <Content />
    </Frame>
  );
}

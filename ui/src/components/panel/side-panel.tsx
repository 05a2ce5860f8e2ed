'use client';

import { useIsNarrow } from '../../hooks/page/use-media-query.ts';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Spinner } from '../basics/spinner.tsx';
import { DockedPanel } from './docked-panel.tsx';
import { PanelSheet } from './panel-sheet.tsx';
import { usePanelContent } from './use-panel-content.ts';

/** Chat, people or statistics: beside the pictures, or as a sheet over them in a narrow window. */
export function SidePanel() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const narrow = useIsNarrow();
  const content = usePanelContent(arrangement.panel);
  if (arrangement.panel === null) return null;
  const close = () => dispatch({ type: 'panel-closed' });
  const Frame = narrow ? PanelSheet : DockedPanel;
  // A frame gives the focus to its content when it opens, so the content has a frame of its own.
  return (
    <Frame
      key={`${arrangement.panel} ${content === null}`}
      title={t(`call.panel.${arrangement.panel}`)}
      onClose={close}
    >
      {content ?? <ContentToCome />}
    </Frame>
  );
}

function ContentToCome() {
  const { t } = useWords();
  return (
    <p role="status" className="m-auto flex items-center gap-2 text-sm text-ink-soft">
      <Spinner />
      <span>{t('basics.loading')}</span>
    </p>
  );
}

'use client';

import { useIsNarrow } from '../../hooks/page/use-media-query.ts';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Spinner } from '../basics/spinner.tsx';
import { DockedPanel } from './docked-panel.tsx';
import { PanelSheet } from './panel-sheet.tsx';
import { usePanelCode } from './use-panel-code.ts';

/** Chat, people or statistics: beside the pictures, or as a sheet over them in a narrow window. */
export function SidePanel() {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const narrow = useIsNarrow();
  const Content = usePanelCode(arrangement.panel);
  if (arrangement.panel === null) return null;
  const close = () => dispatch({ type: 'panel-closed' });
  const Frame = narrow ? PanelSheet : DockedPanel;
  // A frame gives the focus to its content when it opens, so the content has a frame of its own.
  const key = `${arrangement.panel} ${Content === null ? 'to come' : 'here'}`;
  return (
    <Frame key={key} title={t(`call.panel.${arrangement.panel}`)} onClose={close}>
      {Content === null ? <ContentToCome /> : <Content />}
    </Frame>
  );
}

function ContentToCome() {
  const { t } = useWords();
  return (
    <p role="status" className="m-auto flex items-center gap-2 text-sm text-ink-soft">
      <Spinner />
      {t('basics.loading')}
    </p>
  );
}

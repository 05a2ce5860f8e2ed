'use client';

import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Dialog } from '../basics/dialog.tsx';
import { IconButton } from '../basics/icon-button.tsx';
import { CallFacts } from './call-info.tsx';
import { useMoreItems } from './more-items.ts';
import { ReactionButtons } from '../reactions/reactions-menu.tsx';
import { ShareRow } from './share-row.tsx';

/** On a phone: the actions that have no place in the bar. */
export function MoreSheet({ disabled }: { disabled: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const items = useMoreItems();
  const actions = useCallActions();
  const run = (action: () => void) => {
    setOpen(false);
    action();
  };
  return (
    <>
      <IconButton
        label={t('controls.more.button')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <EllipsisVertical aria-hidden />
      </IconButton>
      <Dialog open={open} onOpenChange={setOpen} title={t('controls.more.title')} description={<CallFacts />}>
        {disabled ? null : <ReactionButtons />}
        <ul className="mt-3 flex flex-col">
          <ShareRow disabled={disabled} onChosen={() => run(actions.share)} />
          {items.map(({ id, label, icon: Icon }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => run(actions[id])}
                className="flex h-12 w-full items-center gap-4 rounded-xl px-3 text-start hover:bg-raised"
              >
                <Icon aria-hidden className="size-5 text-ink-soft" />
                <span>{label}</span>
              </button>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

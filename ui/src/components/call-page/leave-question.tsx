'use client';

import { useLeaveQuestion } from '../../hooks/use-back.tsx';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';

/** Asked when "back" would leave the call. */
export function LeaveQuestion() {
  const { t } = useWords();
  const call = useCallClient();
  const { asked, stay } = useLeaveQuestion();
  return (
    <Dialog
      open={asked}
      // The second press of back leaves.
      closedByBack={false}
      onOpenChange={(open) => !open && stay()}
      title={t('call.leaveQuestion.title')}
      description={t('call.leaveQuestion.description')}
    >
      <div className="flex flex-wrap gap-3">
        <Button tone="danger" onClick={() => call.leave()}>
          {t('call.leaveQuestion.leave')}
        </Button>
        <Button onClick={stay}>{t('call.leaveQuestion.stay')}</Button>
      </div>
    </Dialog>
  );
}

'use client';

import { useLeaveQuestion } from '../../hooks/use-back.tsx';
import { useCallClient } from '../../hooks/use-call.tsx';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';

/** Asked when "back" would leave the call. */
export function LeaveQuestion() {
  const call = useCallClient();
  const { asked, stay } = useLeaveQuestion();
  return (
    <Dialog
      open={asked}
      // The second press of back leaves.
      closedByBack={false}
      onOpenChange={(open) => !open && stay()}
      title="Leave the call?"
      description="You can come back with the same link."
    >
      <div className="flex flex-wrap gap-3">
        <Button tone="danger" onClick={() => call.leave()}>
          Leave
        </Button>
        <Button onClick={stay}>Stay</Button>
      </div>
    </Dialog>
  );
}

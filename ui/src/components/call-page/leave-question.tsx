'use client';

import { useCallClient } from '../../hooks/use-call.tsx';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';

/** Asked when "back" would leave the call. */
export function LeaveQuestion({ onStay }: { onStay: () => void }) {
  const call = useCallClient();
  return (
    <Dialog
      open
      // The second press of back leaves.
      closedByBack={false}
      onOpenChange={(open) => !open && onStay()}
      title="Leave the call?"
      description="You can come back with the same link."
    >
      <div className="flex flex-wrap gap-3">
        <Button tone="danger" onClick={() => call.leave()}>
          Leave
        </Button>
        <Button onClick={onStay}>Stay</Button>
      </div>
    </Dialog>
  );
}

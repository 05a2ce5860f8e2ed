'use client';

import { Hand, Pin, ScreenShare } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { samePicture } from '../../layout/stage.ts';
import { handPlace } from '../../selectors/people.ts';

/** Raised hand with its place in the queue, shared screen and pin, in the upper left corner. */
export function TileBadges({ participant }: { participant: Participant }) {
  const { locale } = useWords();
  const place = useCall((state) => handPlace(state.participants, participant));
  const { pinned } = useArrangement().arrangement;
  const isPinned = pinned !== null && samePicture(pinned, { peerId: participant.peerId, source: 'camera' });
  return (
    <div aria-hidden className="absolute top-2 start-2 flex gap-1.5">
      {place === null ? null : (
        <span
          data-testid="hand"
          className="flex h-7 animate-rise items-center gap-1 rounded-full bg-warn px-2 text-xs font-semibold text-black"
        >
          <Hand className="size-4" />
          <span>{new Intl.NumberFormat(locale).format(place)}</span>
        </span>
      )}
      {participant.screenOn ? (
        <Badge>
          <ScreenShare className="size-4" />
        </Badge>
      ) : null}
      {isPinned ? (
        <Badge>
          <Pin className="size-4" />
        </Badge>
      ) : null}
    </div>
  );
}

function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="flex size-7 items-center justify-center rounded-full bg-black/60 text-white">
      {children}
    </span>
  );
}

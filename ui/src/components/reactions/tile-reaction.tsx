'use client';

import type { PeerId } from '@parley/proto/ids';
import { useCall } from '../../hooks/use-call.tsx';
import type { FloatingReaction } from '../../call/index.ts';
import { ReactionGlyph } from './reaction-glyph.tsx';

const NONE: readonly FloatingReaction[] = [];

/** The reactions of one participant, floating up over the tile. */
export function TileReaction({ peerId }: { peerId: PeerId }) {
  const reactions = useCall((state) => (state.reactions.length === 0 ? NONE : state.reactions));
  const own = reactions.filter((reaction) => reaction.peerId === peerId).slice(-5);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 bottom-10 flex justify-center">
      {own.map((reaction, index) => (
        <span
          key={reaction.id}
          data-testid="reaction"
          style={{ marginInlineStart: `${(index % 3) * 6 - 6}rem` }}
          className="absolute bottom-0 animate-float-up"
        >
          <ReactionGlyph reaction={reaction.reaction} className="size-10 drop-shadow-lg" />
        </span>
      ))}
    </div>
  );
}

import { leads } from '@parley/proto/room';
import { MicOff } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/index.ts';
import { isMediaUnknown } from '../../selectors/people.ts';
import { cn } from '../basics/cn.ts';
import { QualityDots } from './quality-dots.tsx';
import { RoleBadge } from './role-badge.tsx';

/** Name, microphone and quality, in the lower left corner. */
export function TileName({ participant, small }: { participant: Participant; small: boolean }) {
  const { t } = useWords();
  return (
    <div
      aria-hidden
      className={cn(
        'absolute bottom-0 start-0 flex max-w-full items-center gap-1.5 p-2 text-white',
        small ? 'text-xs' : 'text-sm',
      )}
    >
      <span className="flex h-6 max-w-full min-w-0 items-center gap-1.5 rounded-md bg-black/60 px-2">
        {participant.microphoneOn || isMediaUnknown(participant) ? null : (
          <MicOff className="size-3.5 shrink-0 text-danger-soft" />
        )}
        <bdi className="truncate">{participant.isSelf ? t('basics.you') : participant.shownName}</bdi>
        {small || !leads(participant.role) ? null : (
          <RoleBadge role={participant.role} className="bg-white/20 py-0 text-white" />
        )}
        <QualityDots quality={participant.quality} />
      </span>
    </div>
  );
}

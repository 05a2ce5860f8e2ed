'use client';

import { Activity } from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { CallStatistics, Participant } from '../../call/index.ts';
import { EmptyState } from '../basics/empty-state.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { PathSummary } from './path-summary.tsx';
import { StreamTable } from './stream-table.tsx';
import { useStatistics } from './use-statistics.ts';

/** The streams that are sent and received, measured every two seconds while the panel is open. */
export function StatisticsPanel() {
  const { t } = useWords();
  const statistics = useStatistics();
  const participants = useCall((state) => state.participants);
  if (statistics === null) {
    return (
      <div role="status" className="flex flex-1 items-center justify-center gap-3 text-sm text-ink-soft">
        <Spinner />
        <span>{t('statistics.measuring')}</span>
      </div>
    );
  }
  return (
    <div
      role="region"
      aria-label={t('statistics.values')}
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-4 pb-4 -outline-offset-2"
    >
      <PathSummary statistics={statistics} />
      <Streams statistics={statistics} participants={participants} />
      <CallReference />
    </div>
  );
}

function Streams({
  statistics,
  participants,
}: {
  statistics: CallStatistics;
  participants: readonly Participant[];
}) {
  const { t } = useWords();
  if (statistics.streams.length === 0) {
    return (
      <EmptyState icon={<Activity />} title={t('statistics.empty.title')}>
        {t('statistics.empty.advice')}
      </EmptyState>
    );
  }
  const names = new Map(
    participants.map((participant) => [
      participant.peerId,
      participant.isSelf ? t('basics.you') : participant.shownName,
    ]),
  );
  return (
    <>
      <StreamTable
        title={t('statistics.sent')}
        streams={statistics.streams.filter((stream) => stream.direction === 'sent')}
        names={names}
      />
      <StreamTable
        title={t('statistics.received')}
        streams={statistics.streams.filter((stream) => stream.direction === 'received')}
        names={names}
      />
    </>
  );
}

/** The trace id of this call, for the logs of the server. */
function CallReference() {
  const { t } = useWords();
  const traceId = useCall((state) => state.traceId);
  if (traceId === null) return null;
  return (
    <p className="mt-4 text-xs text-ink-faint">
      <span>{`${t('statistics.callReference')} `}</span>
      <code className="font-mono break-all select-all">{traceId}</code>
    </p>
  );
}

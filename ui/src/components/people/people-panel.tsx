'use client';

import type { ReactNode } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { raisedHands } from '../../selectors/people.ts';
import { CopyLink } from '../basics/copy-link.tsx';
import { PersonRow } from './person-row.tsx';

/** Every participant with all states: raised hands first, in their order, then the others. */
export function PeoplePanel() {
  const { t } = useWords();
  const participants = useCall((state) => state.participants);
  const raised = raisedHands(participants);
  const others = participants.filter((participant) => participant.handRaisedAt === null);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4">
      <div className="px-2 pb-3">
        <CopyLink size="medium" className="w-full" />
      </div>
      {raised.length > 0 ? (
        <Section title={t('people.sections.raisedHands', { count: raised.length })}>
          {raised.map((participant, index) => (
            <PersonRow key={participant.peerId} participant={participant} place={index + 1} />
          ))}
        </Section>
      ) : null}
      {others.length > 0 ? (
        <Section
          title={t(raised.length > 0 ? 'people.sections.everyoneElse' : 'people.sections.inCall', {
            count: others.length,
          })}
        >
          {others.map((participant) => (
            <PersonRow key={participant.peerId} participant={participant} />
          ))}
        </Section>
      ) : null}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="px-2 pt-2 pb-1 text-xs font-medium text-ink-faint">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

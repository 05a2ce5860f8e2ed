'use client';

import { useCallback, useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { useVirtualRows, type VirtualRows } from '../../hooks/page/use-virtual-rows.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/index.ts';
import { groupPeople } from '../../selectors/people.ts';
import { CopyLink } from '../basics/copy-link.tsx';
import { HostBar } from '../hosts/host-bar.tsx';
import { CrowdList } from './crowd-list.tsx';
import { PersonRow } from './person-row.tsx';
import { WaitingSection } from './waiting-section.tsx';

const ROW_PX = 56;

/** Every participant with all states: raised hands first, in their order, then the others, and viewers apart. Only the rows in sight are on the page. Of a
 * crowd the page has a part, and the list comes from the server. */
export function PeoplePanel() {
  const { t } = useWords();
  const participants = useCall((state) => state.participants);
  const crowd = useCall((state) => state.crowd);
  const scroller = useRef<HTMLDivElement>(null);
  const { raised, others, viewers } = useMemo(() => groupPeople(participants), [participants]);
  const raisedRows = usePeopleRows(scroller, raised);
  const otherRows = usePeopleRows(scroller, others);
  const viewerRows = usePeopleRows(scroller, viewers);
  return (
    <div
      ref={scroller}
      className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4 [overflow-anchor:none]"
    >
      <div className="px-2 pb-3">
        <CopyLink size="medium" className="w-full" />
      </div>
      <HostBar />
      <WaitingSection />
      {raised.length > 0 ? (
        <Section title={t('people.sections.raisedHands', { count: raised.length })}>
          <People rows={raisedRows} people={raised} inOrder />
        </Section>
      ) : null}
      {crowd === null ? null : (
        <Section title={t('people.crowd.title', { count: crowd.all, viewers: crowd.viewers })}>
          <CrowdList />
        </Section>
      )}
      {crowd === null && others.length > 0 ? (
        <Section
          title={t(raised.length > 0 ? 'people.sections.everyoneElse' : 'people.sections.inCall', {
            count: others.length,
          })}
        >
          <People rows={otherRows} people={others} />
        </Section>
      ) : null}
      {crowd === null && viewers.length > 0 ? (
        <Section title={t('people.sections.viewers', { count: viewers.length })}>
          <People rows={viewerRows} people={viewers} />
        </Section>
      ) : null}
    </div>
  );
}

function usePeopleRows(
  scroller: RefObject<HTMLElement | null>,
  people: readonly Participant[],
): VirtualRows<HTMLUListElement> {
  const keyAt = useCallback((index: number) => people[index]?.peerId ?? '', [people]);
  const heightAt = useCallback(() => ROW_PX, []);
  return useVirtualRows<HTMLUListElement>({ scroller, count: people.length, keyAt, heightAt });
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="px-2 pt-2 pb-1 text-xs font-medium text-ink-faint">{title}</h3>
      {children}
    </section>
  );
}

type PeopleProps = {
  rows: VirtualRows<HTMLUListElement>;
  people: readonly Participant[];
  /** Each has a place in a queue. */
  inOrder?: boolean;
};

function People({ rows, people, inOrder = false }: PeopleProps) {
  return (
    <ul {...rows.space} className="relative">
      {rows.shown.map((row) => {
        const participant = people[row.index];
        return participant === undefined ? null : (
          <li
            key={participant.peerId}
            {...rows.rowProps(row)}
            aria-posinset={row.index + 1}
            aria-setsize={people.length}
            className="absolute inset-x-0"
          >
            <PersonRow participant={participant} {...(inOrder ? { place: row.index + 1 } : {})} />
          </li>
        );
      })}
    </ul>
  );
}

'use client';

import type { CallDetails } from '@parley/proto/rest';
import { timeOfDay } from '../../format/days.ts';
import { durationWords } from '../../format/durations.ts';
import { useWords } from '../../hooks/use-words.ts';

type Stay = CallDetails['attendance'][number];

const HEAD = 'py-2 pe-4 text-start font-medium text-ink-faint';
const CELL = 'py-2 pe-4 align-top';

/** Each stay of each person in a call. Somebody who came twice stands here twice. */
export function AttendanceTable({ attendance }: { attendance: readonly Stay[] }) {
  const { t } = useWords();
  return (
    // The wide table of a small window scrolls by itself, also by keyboard.
    <div
      role="region"
      aria-label={t('history.people.title')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="-mx-1 overflow-x-auto rounded px-1"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line">
            {(['name', 'joined', 'left', 'stayed'] as const).map((column) => (
              <th key={column} scope="col" className={HEAD}>
                {t(`history.people.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attendance.map((stay, index) => (
            // Two may have come at the same moment with one name, and none of them moves.
            <Row key={index} stay={stay} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ stay: { displayName, kind, joinedAt, leftAt } }: { stay: Stay }) {
  const words = useWords();
  const { t, locale } = words;
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${CELL} text-start font-normal wrap-anywhere`}>
        <bdi>{displayName === '' ? t('history.people.deleted') : displayName}</bdi>
        {kind === 'guest' ? <span className="ms-2 text-ink-faint">{t('history.people.guest')}</span> : null}
      </th>
      <td className={`${CELL} whitespace-nowrap`}>{timeOfDay(locale, joinedAt)}</td>
      <td className={`${CELL} whitespace-nowrap`}>
        {leftAt === null ? t('history.people.there') : timeOfDay(locale, leftAt)}
      </td>
      <td className={CELL}>{leftAt === null ? null : durationWords(words, leftAt - joinedAt)}</td>
    </tr>
  );
}

'use client';

import { Hand, Mic, MicOff, ScreenShare, Video, VideoOff } from 'lucide-react';
import { memo } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/index.ts';
import { isMediaUnknown } from '../../selectors/people.ts';
import { Avatar } from '../tile/avatar.tsx';
import { QualityDots } from '../tile/quality-dots.tsx';
import { RoleBadge } from '../tile/role-badge.tsx';
import { cn } from '../basics/cn.ts';
import { PersonMenu } from './person-menu.tsx';
import { StateIcon } from './state-icon.tsx';

type PersonRowProps = {
  participant: Participant;
  /** The place in the queue of raised hands, from 1. */
  place?: number;
};

export const PersonRow = memo(function PersonRow({ participant, place }: PersonRowProps) {
  const { t, locale } = useWords();
  const {
    displayName,
    shownName,
    isSelf,
    connection,
    role,
    screenOn,
    screenPaused,
    handRaisedAt,
    speaking,
    quality,
  } = participant;
  return (
    <div
      data-testid="person"
      data-peer-name={displayName}
      className="flex h-14 items-center gap-3 rounded-xl px-2 hover:bg-raised"
    >
      <Avatar
        name={displayName}
        className={cn(
          'text-sm ring-2 ring-offset-2 ring-offset-surface',
          speaking ? 'ring-accent' : 'ring-transparent',
        )}
      />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5 text-sm">
          {place === undefined ? null : (
            <span className="shrink-0 text-warn tabular-nums">{`${place.toLocaleString(locale)}.`}</span>
          )}
          <bdi className="truncate">{shownName}</bdi>
          {isSelf ? <span className="shrink-0 text-ink-faint">{t('people.row.you')}</span> : null}
          <RoleBadge role={role} />
        </p>
        {connection === 'reconnecting' ? (
          <p className="text-xs text-warn">{t('people.row.reconnecting')}</p>
        ) : null}
      </div>
      <div className="flex shrink-0 items-center gap-2.5 text-ink-soft">
        <QualityDots quality={quality} />
        {handRaisedAt === null || place !== undefined ? null : (
          <StateIcon icon={Hand} words={t('people.row.handRaised')} className="text-warn" />
        )}
        {screenOn ? (
          <StateIcon
            icon={ScreenShare}
            words={t(screenPaused ? 'people.row.sharePaused' : 'people.row.sharing')}
            className={screenPaused ? 'text-ink-faint' : 'text-accent'}
          />
        ) : null}
        {isMediaUnknown(participant) ? null : <MediaIcons participant={participant} />}
      </div>
      {isSelf ? <span className="w-9" /> : <PersonMenu participant={participant} />}
    </div>
  );
});

function MediaIcons({
  participant: { microphoneOn, cameraOn, speaking },
}: Pick<PersonRowProps, 'participant'>) {
  const { t } = useWords();
  return (
    <>
      <StateIcon
        icon={microphoneOn ? Mic : MicOff}
        words={t(microphoneOn ? 'people.row.microphoneOn' : 'people.row.muted')}
        className={cn(speaking && 'text-accent', !microphoneOn && 'text-danger-soft')}
      />
      <StateIcon
        icon={cameraOn ? Video : VideoOff}
        words={t(cameraOn ? 'people.row.cameraOn' : 'people.row.cameraOff')}
        className={cn(!cameraOn && 'text-ink-faint')}
      />
    </>
  );
}

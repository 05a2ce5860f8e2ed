'use client';

import { roomTitleSchema } from '@parley/proto/text';
import { useWords } from '../../hooks/use-words.ts';
import { CommittedField } from '../room-settings/committed-field.tsx';

/** The name of a room. */
export function TitleField({ title, onChange }: { title: string; onChange: (title: string) => void }) {
  const { t } = useWords();
  return (
    <CommittedField
      label={t('rooms.name.label')}
      hint={t('rooms.name.hint')}
      maxLength={240}
      autoComplete="off"
      stored={title}
      onCommit={(text) => {
        const { data, error } = roomTitleSchema.safeParse(text);
        if (error !== undefined) return t('rooms.name.refused');
        onChange(data);
        return null;
      }}
    />
  );
}

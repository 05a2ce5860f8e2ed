'use client';

import { ROUTES } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { TextField } from '../basics/text-field.tsx';

const { address: addressSchema, days: daysSchema } = ROUTES.blockAddress.body.shape;
const USUAL_DAYS = '30';

/** Blocks an address for a number of days. */
export function BlockAddressForm({ onBlocked }: { onBlocked: () => void }) {
  const { t } = useWords();
  const { busy, error, submit } = useSubmission();
  const [address, setAddress] = useState('');
  const [days, setDays] = useState(USUAL_DAYS);
  const [note, setNote] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const readAddress = addressSchema.safeParse(address.trim());
  const readDays = daysSchema.safeParse(Number(days));
  const block = async () => {
    setIsRefused(!readAddress.success || !readDays.success);
    if (!readAddress.success || !readDays.success) return;
    const body = { address: readAddress.data, days: readDays.data, note: note.trim() };
    const done = await submit(async () => {
      await pageSession.rest.call('blockAddress', { body });
    });
    if (!done) return;
    setAddress('');
    setNote('');
    onBlocked();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void block();
      }}
    >
      <div className="grid gap-x-3 sm:grid-cols-[1fr_10rem]">
        <TextField
          label={t('operator.addresses.address')}
          hint={t('operator.addresses.addressHint')}
          problem={isRefused && !readAddress.success ? t('operator.addresses.addressRefused') : null}
          autoComplete="off"
          maxLength={64}
          value={address}
          onChange={({ target }) => setAddress(target.value)}
        />
        <TextField
          label={t('operator.addresses.days')}
          problem={isRefused && !readDays.success ? t('operator.addresses.daysRefused') : null}
          inputMode="numeric"
          value={days}
          onChange={({ target }) => setDays(target.value)}
        />
      </div>
      <NoteField value={note} onChange={setNote} />
      {error === null ? null : <ErrorNote error={error} />}
      <Button type="submit" disabled={busy} aria-busy={busy} className="mt-2">
        {t('operator.addresses.block')}
      </Button>
    </form>
  );
}

function NoteField({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  const { t } = useWords();
  return (
    <TextField
      label={t('operator.addresses.note')}
      maxLength={200}
      autoComplete="off"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

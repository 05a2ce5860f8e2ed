'use client';

import { emailSchema, type RouteResult } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { momentWords } from '../../format/moments.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { CopyLink } from '../basics/copy-link.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { TextField } from '../basics/text-field.tsx';

type Invitation = RouteResult<'createInvitation'>;

/** Makes the link with which somebody gets an account. */
export function InvitationPart() {
  const { t } = useWords();
  const { busy, error, submit } = useSubmission();
  const [typed, setTyped] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const [made, setMade] = useState<Invitation | null>(null);
  const create = () => {
    const email = emailSchema.safeParse(typed);
    const isOpen = typed.trim() === '';
    setIsRefused(!isOpen && !email.success);
    if (!isOpen && !email.success) return;
    void submit(async () => {
      setMade(await pageSession.rest.call('createInvitation', { body: isOpen ? {} : { email: email.data } }));
      setTyped('');
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <p className="mb-4 text-sm text-ink-soft">{t('operator.invitations.hint')}</p>
      <TextField
        type="email"
        label={t('operator.invitations.email')}
        hint={t('operator.invitations.emailHint')}
        problem={isRefused ? t('operator.invitations.emailRefused') : null}
        maxLength={254}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {error === null ? null : <ErrorNote error={error} />}
      <Button type="submit" disabled={busy} aria-busy={busy} className="mt-2">
        {t('operator.invitations.create')}
      </Button>
      {made === null ? null : <Made invitation={made} />}
    </form>
  );
}

function Made({ invitation: { path, expiresAt } }: { invitation: Invitation }) {
  const { t, locale } = useWords();
  const link = () => `${location.origin}${path}`;
  return (
    <div role="status" className="mt-4 text-sm">
      <p className="text-ink-soft">
        {t('operator.invitations.made', { time: momentWords(locale, expiresAt) })}
      </p>
      <p className="my-2">
        <bdi dir="ltr" className="font-mono wrap-anywhere select-all">
          {link()}
        </bdi>
      </p>
      <CopyLink link={link} />
    </div>
  );
}

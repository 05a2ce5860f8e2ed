'use client';

import type { BlockedAddress } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { momentWords } from '../../format/moments.ts';
import { useLookedUp } from '../../hooks/rooms/use-looked-up.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { LookedUpPart } from '../lists/looked-up-part.tsx';
import { BlockAddressForm } from './block-address-form.tsx';

/** Addresses that this server refuses, and their end. */
export function AddressesPart() {
  const { t } = useWords();
  const [changes, setChanges] = useState(0);
  const addresses = useLookedUp(() => pageSession.rest.call('listBlockedAddresses', {}), String(changes));
  const { busy, error, submit } = useSubmission();
  const changed = () => setChanges((count) => count + 1);
  const unblock = (blockId: string) =>
    submit(async () => {
      await pageSession.rest.call('unblockAddress', { params: { blockId } });
      changed();
    });
  return (
    <>
      <BlockAddressForm onBlocked={changed} />
      <div className="mt-5">
        {error === null ? null : <ErrorNote error={error} />}
        <LookedUpPart state={addresses}>
          {({ addresses: list }) =>
            list.length === 0 ? (
              <p className="text-sm text-ink-soft">{t('operator.addresses.none')}</p>
            ) : (
              <ul aria-label={t('operator.addresses.title')} className="flex flex-col gap-3">
                {list.map((address) => (
                  <li key={address.id}>
                    <AddressRow address={address} busy={busy} onUnblock={() => void unblock(address.id)} />
                  </li>
                ))}
              </ul>
            )
          }
        </LookedUpPart>
      </div>
    </>
  );
}

type AddressRowProps = { address: BlockedAddress; busy: boolean; onUnblock: () => void };

function AddressRow({ address: { network, note, endsAt }, busy, onUnblock }: AddressRowProps) {
  const { t, locale } = useWords();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <p>
          <bdi dir="ltr" className="font-mono wrap-anywhere">
            {network}
          </bdi>
          <span className="ms-2 text-ink-faint">
            {t('operator.addresses.until', { time: momentWords(locale, endsAt) })}
          </span>
        </p>
        {note === '' ? null : (
          <p dir="auto" className="text-ink-soft wrap-anywhere">
            {note}
          </p>
        )}
      </div>
      <Button
        size="small"
        disabled={busy}
        aria-label={t('operator.addresses.unblockNamed', { address: network })}
        onClick={onUnblock}
      >
        {t('operator.addresses.unblock')}
      </Button>
    </div>
  );
}

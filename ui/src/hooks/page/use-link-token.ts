'use client';

import { useEffect, useState } from 'react';
import { takeLinkToken, type LinkToken } from '../../browser/links/link-token.ts';

/** The secret of the link that opened this page; undefined until the code of the page runs. */
export function useLinkToken(): LinkToken | undefined {
  const [token, setToken] = useState<LinkToken>();
  useEffect(() => {
    const take = () => {
      const taken = takeLinkToken();
      // In development React runs effects twice, and the second time the address has no secret any more.
      setToken((before) => taken ?? before ?? null);
    };
    take();
    // Another link to the same page changes the address only.
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return token;
}

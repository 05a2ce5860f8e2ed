'use client';

import { useEffect, useState } from 'react';
import { pageSession } from '../account/page-session.ts';
import { browserChecks, ConnectionCheck } from '../call/check/connection-check.ts';

/** The connection check of this page. It is closed when the page goes away. */
export function useCheck(): ConnectionCheck {
  const [check] = useState(() => new ConnectionCheck(browserChecks(pageSession.credentials)));
  useEffect(() => () => check.close(), [check]);
  return check;
}

import type { Metadata } from 'next';
import { CheckPage } from '../../components/check-page/check-page.tsx';
import { CallGate } from '../../components/page/call-gate.tsx';
import { PageShell } from '../../components/page/page-shell.tsx';

export const metadata: Metadata = { title: 'Check your connection' };

export default function Page() {
  return (
    <CallGate>
      <PageShell>
        <CheckPage />
      </PageShell>
    </CallGate>
  );
}

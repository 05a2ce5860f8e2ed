import { CheckPage } from '../../components/check-page/check-page.tsx';
import { CallGate } from '../../components/page/call-gate.tsx';
import { PageShell } from '../../components/page/page-shell.tsx';
import { AllWords } from '../all-words.tsx';
import { pageTitle } from '../page-title.ts';

export const generateMetadata = pageTitle('check');

export default function Page() {
  return (
    <AllWords>
      <CallGate>
        <PageShell>
          <CheckPage />
        </PageShell>
      </CallGate>
    </AllWords>
  );
}

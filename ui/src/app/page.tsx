import { JoinForm } from '../components/landing-page/join-form.tsx';
import { StartCall } from '../components/landing-page/start-call.tsx';
import { LanguageChoice } from '../components/page/language-choice.tsx';
import { CheckLink } from '../components/page/check-link.tsx';
import { PageShell } from '../components/page/page-shell.tsx';
import { useWords } from '../hooks/use-words.ts';

export default function LandingPage() {
  const { t } = useWords();
  return (
    <PageShell>
      <div className="mx-auto grid w-full max-w-5xl items-center gap-10 md:grid-cols-[1.15fr_1fr] md:gap-16">
        <div>
          <h1 className="text-4xl leading-[1.08] font-semibold tracking-tight text-balance sm:text-5xl lg:text-6xl">
            {t('landing.title')}
          </h1>
          <p className="mt-5 max-w-md text-lg leading-relaxed text-pretty text-ink-soft">
            {t('landing.pitch')}
          </p>
          <CheckLink className="mt-5 inline-block" />
        </div>
        <section aria-label={t('landing.startOrJoin')} className="glass rounded-3xl p-6 shadow-float sm:p-8">
          <StartCall />
          <div aria-hidden className="my-6 flex items-center gap-4 text-sm text-ink-faint">
            <span className="h-px flex-1 bg-line" />
            <span>{t('landing.orJoin')}</span>
            <span className="h-px flex-1 bg-line" />
          </div>
          <JoinForm />
        </section>
      </div>
      <LanguageChoice className="mx-auto mt-10 w-auto min-w-40" />
    </PageShell>
  );
}

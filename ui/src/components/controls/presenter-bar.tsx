'use client';

import { Pause, Play, ScreenShareOff } from 'lucide-react';
import type { ScreenContent, ScreenShare } from '../../call/index.ts';
import { useCall, useCallClient, useSelf } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { shareWords } from '../../words/screen-words.ts';
import { Button } from '../basics/button.tsx';
import { cn } from '../basics/cn.ts';
import { Tip } from '../basics/tip.tsx';
import { TrackVideo } from '../tile/track-video.tsx';

/** Shows the person who shares that they share, and what. */
export function PresenterBar() {
  const share = useCall((state) => state.screenShare);
  return share === null ? null : <Bar share={share} />;
}

function Bar({ share }: { share: ScreenShare }) {
  const { t } = useWords();
  const { screen } = useCallClient().devices;
  const { title, detail } = shareWords(useWords(), share);
  return (
    <section
      aria-label={t('controls.presenter.label')}
      className={cn(
        'flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b-2 bg-surface px-3 py-1.5',
        share.paused ? 'border-warn' : 'border-accent',
      )}
    >
      <Preview paused={share.paused} />
      <p role="status" className="min-w-0 flex-1 basis-40 text-sm">
        <span className="block font-medium">{title}</span>
        <span className="block text-xs text-ink-soft">{detail}</span>
      </p>
      <ContentChoice content={share.content} onChoose={(content) => screen.setContent(content)} />
      <div className="flex gap-2">
        <Button size="small" onClick={() => screen.setPaused(!share.paused)}>
          {share.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
          <span>{t(share.paused ? 'controls.presenter.resume' : 'controls.presenter.pause')}</span>
        </Button>
        <Button size="small" tone="danger" onClick={() => screen.stop()}>
          <ScreenShareOff aria-hidden />
          <span>{t('controls.presenter.stop')}</span>
        </Button>
      </div>
    </section>
  );
}

/** Small, because a large picture of the own screen shows itself in itself. */
function Preview({ paused }: { paused: boolean }) {
  const { t } = useWords();
  const track = useSelf()?.screenTrack ?? null;
  return (
    <div className="relative flex h-12 w-20 shrink-0 items-center justify-center overflow-hidden rounded-md bg-black text-ink-soft">
      {paused || track === null ? (
        <Pause aria-hidden className="size-5" />
      ) : (
        <TrackVideo track={track} label={t('controls.presenter.picture')} fit="contain" />
      )}
    </div>
  );
}

const CONTENTS: readonly ScreenContent[] = ['text', 'motion'];

/** Chosen by what is shared, until the person chooses. */
function ContentChoice({
  content,
  onChoose,
}: {
  content: ScreenContent;
  onChoose: (content: ScreenContent) => void;
}) {
  const { t } = useWords();
  return (
    <div
      role="group"
      aria-label={t('controls.presenter.bestFor')}
      className="flex rounded-xl border border-line p-0.5"
    >
      {CONTENTS.map((choice) => (
        <Tip key={choice} text={t(`controls.presenter.${choice}.tip`)}>
          <button
            type="button"
            aria-pressed={choice === content}
            onClick={() => onChoose(choice)}
            className="h-8 rounded-[0.625rem] px-3 text-sm text-ink-soft hover:text-ink aria-pressed:bg-lifted aria-pressed:text-ink"
          >
            {t(`controls.presenter.${choice}.label`)}
          </button>
        </Tip>
      ))}
    </div>
  );
}

'use client';

import { useEffect } from 'react';
import { Chime } from '../browser/chime.ts';
import { pagePreferences } from '../browser/preferences.ts';
import { newsCount, titleWithNews } from '../selectors/news.ts';
import { useCallClient } from './use-call.tsx';

/** While the page is hidden: counts in its title how often somebody joined, wrote or raised a hand, and plays a sound. */
export function useNews(): void {
  const call = useCallClient();
  useEffect(() => {
    const { title } = document;
    const chime = new Chime();
    let before = call.getState();
    let count = 0;
    const show = () => (document.title = titleWithNews(title, count));
    const unsubscribe = call.subscribe(() => {
      const now = call.getState();
      const news = newsCount(before, now);
      before = now;
      if (news === 0 || document.visibilityState === 'visible') return;
      count += news;
      show();
      if (pagePreferences.load().soundsOn) chime.play(now.devices.speakerId);
    });
    const onVisible = () => {
      if (document.visibilityState !== 'visible') return;
      count = 0;
      show();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', onVisible);
      document.title = title;
    };
  }, [call]);
}

'use client';

import { useEffect } from 'react';
import { Chime } from '../browser/chime.ts';
import { pagePreferences } from '../browser/preferences.ts';
import { knockCount, newsCount, titleWithNews } from '../selectors/news.ts';
import { useCallClient } from './use-call.tsx';

/**
 * While the page is hidden: counts in its title how often somebody knocked, joined, wrote or raised a hand, and plays a sound. Somebody
 * who knocks is heard on a visible page as well.
 */
export function useNews(): void {
  const call = useCallClient();
  useEffect(() => {
    const chime = new Chime();
    let before = call.getState();
    let count = 0;
    // Read when the first news comes, because the person may have changed the language of the page.
    let title = '';
    const clear = () => {
      if (count > 0) document.title = title;
      count = 0;
    };
    const unsubscribe = call.subscribe(() => {
      const now = call.getState();
      const seen = document.visibilityState === 'visible';
      // Somebody who knocks is waiting for this person, whatever page the person looks at.
      const knocks = knockCount(before, now);
      const news = seen ? knocks : knocks + newsCount(before, now);
      before = now;
      if (news === 0) return;
      const { soundsOn, countOn } = pagePreferences.load();
      if (countOn && !seen) {
        if (count === 0) ({ title } = document);
        count += news;
        document.title = titleWithNews(title, count);
      }
      if (soundsOn) chime.play(now.devices.speakerId);
    });
    const onVisible = () => {
      if (document.visibilityState === 'visible') clear();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', onVisible);
      clear();
    };
  }, [call]);
}

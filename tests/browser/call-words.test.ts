import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallOfFour } from '../harness/browser/call-of-four.ts';
import type { CallPage } from '../harness/browser/pages.ts';
import '../harness/jest-timeout.ts';
import { waitFor } from '@parley/common/testing';

describe('four people in a call write and raise hands', () => {
  let four: CallOfFour;
  let ada: CallPage;
  let bela: CallPage;
  let chen: CallPage;
  let dora: CallPage;
  const all = () => [ada, bela, chen, dora];

  beforeAll(async () => {
    four = await CallOfFour.start();
    [ada, bela, chen, dora] = four.people;
  });

  afterAll(() => four?.stop());

  test('a message to everyone reaches everyone', async () => {
    await dora.say('Hello all of you');
    for (const page of all()) {
      await page.openChat();
      await page.message('Hello all of you').waitFor();
    }
  });

  test('a private message reaches one, and a third person gets nothing of it on the wire', async () => {
    await dora.say('between us, Ada', 'Ada');
    await ada.message('between us, Ada').waitFor();
    await dora.message('between us, Ada').waitFor();
    // A later message to all has arrived, so the private message would have arrived before it.
    await dora.say('and now all');
    for (const page of [bela, chen]) {
      await page.message('and now all').waitFor();
      expect(await page.message('between us').count()).toBe(0);
      expect(page.tab.wire.mentions('between us')).toEqual([]);
    }
    expect(ada.tab.wire.mentions('between us')).toHaveLength(1);
    for (const page of all()) await page.closePanel();
  });

  test('a raised hand is seen by all until it is lowered', async () => {
    await ada.press('Raise hand');
    for (const page of all()) await page.tileSaying('Ada', 'hand raised').waitFor();
    await bela.press('People');
    // Each person is listed once, with raised hands first.
    await bela.people().first().waitFor();
    expect(await bela.listedNames()).toEqual(['Ada', 'Bela', 'Chen', 'Dora']);
    await chen.press('Raise hand');
    await waitFor(async () => isDeepStrictEqual(await bela.listedNames(), ['Ada', 'Chen', 'Bela', 'Dora']), {
      what: 'the hands in their order, then the others',
    });
    await chen.press('Lower hand');
    await bela.closePanel();
    await ada.press('Lower hand');
    for (const page of all()) await page.tileSaying('Ada', 'hand raised').waitFor({ state: 'detached' });
  });

  test('no page had an error', () => {
    for (const page of all()) expect(page.tab.problems).toEqual([]);
  });
});

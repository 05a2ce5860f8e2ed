/** Letters that look like Latin ones in the fonts of the page, each followed by the Latin one. */
const LOOKALIKES = letters(
  // Cyrillic, large and small.
  'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԌG Ԛq ԜW аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl Ӏl ӕæ ѐè ёë їï ' +
    // Greek, large and small.
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo νv ιı ϲc ϳj ' +
    // Armenian, and Latin letters that are not those of their look.
    'ՕO օo սu հh ոn ցg ɑa ɡg ıi ʟL ǃ! ǀl',
);

/**
 * Two names that share a key sound or look the same: written large or small, wide or in circles, with letters of
 * another script, with one blank or two. A person who chooses between them cannot know which is which.
 */
export function nameKeys(name: string): readonly string[] {
  const plain = name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\s_.·•\p{Pd}]+/gu, ' ')
    .trim();
  const sound = plain.toLowerCase();
  const latin = Array.from(plain, (letter) => LOOKALIKES.get(letter) ?? letter).join('');
  // A large "I", a bar and a one look like a small "L", and a zero like an "o".
  const look = latin.replace(/[I|1]/g, 'l').replace(/[0O]/g, 'o');
  return [`sounds ${sound}`, `sounds ${latin.toLowerCase()}`, `looks ${look}`];
}

function letters(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]));
}

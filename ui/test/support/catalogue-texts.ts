import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

type Catalogue = { readonly [key: string]: string | Catalogue };

/** All texts of a catalogue, by their whole keys. */
export function textsOf(catalogue: Catalogue, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([name, value]) =>
      typeof value === 'string' ? [[`${prefix}${name}`, value]] : [...textsOf(value, `${prefix}${name}.`)],
    ),
  );
}

export type TextFacts = {
  /** Each argument and tag, with what it is. */
  args: Record<string, string>;
  /** The forms of each plural. */
  plurals: string[][];
  /** The forms of each choice by a word, by argument. */
  choices: Record<string, string[]>;
};

/** What a text of a catalogue asks for. Throws if the text is not well formed. */
export function readText(text: string, language: string): TextFacts {
  const facts: TextFacts = { args: {}, plurals: [], choices: {} };
  collect(parse(text, { locale: new Intl.Locale(language) }), facts);
  return facts;
}

function collect(elements: readonly MessageFormatElement[], facts: TextFacts): void {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    facts.args[element.value] = TYPE[element.type];
    if (element.type === TYPE.tag) collect(element.children, facts);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
    const forms = Object.keys(element.options);
    if (element.type === TYPE.plural) facts.plurals.push(forms);
    else facts.choices[element.value] = forms.toSorted();
    for (const { value } of Object.values(element.options)) collect(value, facts);
  }
}

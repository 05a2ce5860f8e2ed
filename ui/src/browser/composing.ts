/** The key code of a key press that an input method takes. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether a key press belongs to an input method, as for Chinese, Japanese and Korean. Safari ends the composition before
 * the Enter that chose the word: only the key code says so then.
 */
export function isComposing({
  isComposing,
  keyCode,
}: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === TAKEN_BY_INPUT_METHOD;
}

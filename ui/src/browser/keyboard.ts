/** Less than this is a bar of the browser, not a keyboard. */
const KEYBOARD_MIN_PX = 100;

type Viewport = Pick<VisualViewport, 'height' | 'offsetTop' | 'scale'>;

/**
 * How many pixels at the bottom of the page a keyboard covers. Most browsers make the page smaller instead, as the page asks them to, and
 * cover nothing; Safari covers it.
 *
 * @param pageHeight The height of the window without the keyboard.
 */
export function coveredByKeyboard(pageHeight: number, { height, offsetTop, scale }: Viewport): number {
  // A person who has enlarged the page sees a part of it without any keyboard.
  if (scale > 1.01) return 0;
  const covered = Math.round(pageHeight - height - offsetTop);
  return covered < KEYBOARD_MIN_PX ? 0 : covered;
}

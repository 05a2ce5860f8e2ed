import { renderUnicodeCompact } from 'uqr';

// The code needs light modules on a dark ground. Terminals differ, so the colours are set here.
const COLOURS = '\x1b[97;40m';
const NO_COLOURS = '\x1b[0m';

/** A QR code of the text in Unicode block characters, for the camera of a phone in front of a terminal. */
export function qrCode(text: string, hasColours: boolean): string {
  const lines = renderUnicodeCompact(text, { border: 2, ecc: 'L' }).split('\n');
  return lines.map((line) => (hasColours ? `${COLOURS}${line}${NO_COLOURS}` : line)).join('\n');
}

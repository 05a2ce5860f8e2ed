/**
 * What a page may load and do, as a Content-Security-Policy.
 *
 * Scripts run only if they carry the nonce or were loaded by one that does. Styles may be inline: React and the libraries
 * of dialogs and lists set them as attributes. Media comes from streams, never from an address, but for the pictures of a
 * canvas and the sound of the speaker test.
 */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  // React evaluates code to show where an error came from; only its development build does.
  const evaluation = isDevelopment ? " 'unsafe-eval'" : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

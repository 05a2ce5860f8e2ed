'use client';

/** The last resort: the frame of all pages itself broke, so nothing of ours can be used here. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body
        style={{
          background: '#0b1013',
          color: '#f2f5f6',
          fontFamily: 'system-ui',
          padding: '4rem 1.5rem',
          textAlign: 'center',
        }}
      >
        <h1>This page broke</h1>
        <p>That is our fault. Loading it again usually helps.</p>
        <button
          type="button"
          onClick={() => location.reload()}
          style={{ padding: '0.75rem 1.25rem', fontSize: '1rem' }}
        >
          Load again
        </button>
      </body>
    </html>
  );
}

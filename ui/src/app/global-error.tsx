'use client';

/** Replaces everything if the root layout threw, so it cannot use our styles and components. */
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
        <h1>Something went wrong</h1>
        <p>This page stopped working. Loading it again usually helps.</p>
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

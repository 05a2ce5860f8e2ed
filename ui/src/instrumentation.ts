/** Next calls this once, when its server starts. */
export async function register(): Promise<void> {
  // The condition stands here for the bundler: what is behind it exists on the server only, and not in its edge runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startAdmin } = await import('./server/start-admin.ts');
    await startAdmin(process.env);
  }
}

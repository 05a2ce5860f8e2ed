/** Next calls this once, when its server starts. */
export async function register(): Promise<void> {
  // The bundler needs this condition here: the import works on the server only, and not in the edge runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startAdmin } = await import('./server/start-admin.ts');
    await startAdmin(process.env);
  }
}

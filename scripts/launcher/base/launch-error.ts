/** Why the system cannot start, in words for the person who started it. */
export class LaunchError extends Error {
  override name = 'LaunchError';
}

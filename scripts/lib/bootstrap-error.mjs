/** A setup or start problem that is told in one message, without a stack. */
export class BootstrapError extends Error {
  /** @override */
  name = 'BootstrapError';
}

/**
 * Says what a person can do about an error of the file system or the network.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
  const where = path ? ` (${path})` : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full${where}. Free some space and run this again.`;
    case 'EACCES':
    case 'EPERM':
      return `No permission to write${where}. Give this user access, or choose another directory with PARLEY_DATA_DIR or PARLEY_CACHE_DIR.`;
    case 'EROFS':
      return `The file system is read-only${where}. Choose another directory with PARLEY_DATA_DIR or PARLEY_CACHE_DIR.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `A file is in the way of a directory${where}.`;
    default:
      return error instanceof BootstrapError ? error.message : (error.stack ?? error.message);
  }
}

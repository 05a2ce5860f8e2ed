/** A problem of the set-up or the start. People see its message alone, without a stack. */
export class BootstrapError extends Error {
  /** @override */
  name = 'BootstrapError';
}

/**
 * The words for a person about an error. For an error of the file system they say what to do; an unknown error
 * keeps its stack.
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

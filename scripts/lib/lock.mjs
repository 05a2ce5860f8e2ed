import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';
import process from 'node:process';

/**
 * A lock between processes: a listening socket in Linux's abstract name space. The kernel releases the lock when
 * its holder ends, also when the holder is killed. Such a socket is no file, so no stale lock file can stay.
 */
export class ProcessLock {
  #server;
  #waiters = new Set();

  /**
   * @param {string} name Usually the absolute path of what is protected.
   * @returns {Promise<ProcessLock | undefined>} `undefined` if another process holds the lock.
   */
  static async tryAcquire(name) {
    const lock = new ProcessLock();
    return (await lock.#listen(socketName(name))) ? lock : undefined;
  }

  /**
   * @param {string} name
   * @param {(holder: string) => void} onWait Called once if another process holds the lock.
   * @returns {Promise<ProcessLock>}
   */
  static async acquire(name, onWait) {
    for (let isFirst = true; ; isFirst = false) {
      const lock = await ProcessLock.tryAcquire(name);
      if (lock) return lock;
      await watchHolder(socketName(name), isFirst ? onWait : () => {});
    }
  }

  /** @private */
  constructor() {
    this.#server = createServer((socket) => {
      this.#waiters.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#waiters.delete(socket));
      socket.unref();
      socket.write(`process ${process.pid}`);
    });
    this.#server.unref();
  }

  release() {
    this.#server.close();
    for (const waiter of this.#waiters) waiter.destroy();
  }

  /**
   * @param {string} path
   * @returns {Promise<boolean>}
   */
  #listen(path) {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
        if (error.code === 'EADDRINUSE') resolve(false);
        else reject(error);
      });
      this.#server.listen({ path }, () => resolve(true));
    });
  }
}

/**
 * Names the holder of a lock, for a message to a person.
 *
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function describeHolder(name) {
  return new Promise((resolve) => {
    const socket = connect({ path: socketName(name) });
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', () => resolve('a process that has just ended'));
    socket.once('close', () => resolve('a process that is ending'));
  });
}

/** @param {string} name */
function socketName(name) {
  return `\0parley-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/**
 * Resolves when the holder has released the lock or died: its socket closes either way.
 *
 * @param {string} path
 * @param {(holder: string) => void} onHolder
 * @returns {Promise<void>}
 */
function watchHolder(path, onHolder) {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('data', (data) => onHolder(data.toString()));
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });
}

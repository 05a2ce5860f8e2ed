import type { Duplex } from 'node:stream';

/**
 * What is written to the socket in one turn of the event loop leaves in one system call. In a full room that claps and writes the system calls
 * would be a good part of the work: one for each frame to each person. `ws` corks the socket for each frame; the first frame of a turn keeps
 * it corked until the turn ends, which nobody notices: the others of the room are served in the same turn.
 */
export function gatherWrites(socket: Duplex): void {
  const cork = socket.cork.bind(socket);
  let gathers = false;
  socket.cork = () => {
    cork();
    if (gathers) return;
    gathers = true;
    cork();
    setImmediate(() => {
      gathers = false;
      socket.uncork();
    });
  };
}

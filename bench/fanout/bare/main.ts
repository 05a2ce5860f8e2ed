// Runs as a process of its own: Socket.io with one room, and what each client says goes to all the others. Prints `ready` when it answers.
import { createServer } from 'node:http';
import process from 'node:process';
import { Server } from 'socket.io';

const [port = ''] = process.argv.slice(2);
const ROOM = 'room';

const http = createServer();
const server = new Server(http, { transports: ['websocket'], serveClient: false });
server.on('connection', (socket) => {
  const { peerId } = socket.handshake.auth as { peerId: string };
  void socket.join(ROOM);
  socket.on('peer:react', ({ reaction }: { reaction: string }, answer: (reply: object) => void) => {
    socket.to(ROOM).emit('peer:reacted', { peerId, reaction });
    answer({ ok: true, data: {} });
  });
});
http.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));

import { randomInt } from 'node:crypto';
import { RawPeer, openSocket, type Doors } from '../../tests/harness/peer/raw-peer.ts';
import { callRoute } from '../../tests/harness/peer/rest-client.ts';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import type { Socket } from 'socket.io-client';

/**
 * Somebody with an address of their own. The services believe the last address of X-Forwarded-For, which the edge appends; a
 * visitor goes past the edge and writes it.
 */
export class Visitor {
  readonly address: string;
  readonly #doors: Doors;

  constructor({ ports }: Pick<Launcher, 'ports'>, address = anyAddress()) {
    this.address = address;
    this.#doors = {
      rest: `http://127.0.0.1:${ports.GATEWAY_PORT}`,
      socket: `http://127.0.0.1:${ports.SIGNALING_PORT}`,
    };
  }

  /** Where signaling listens, and what a request to it needs. */
  get socketOrigin(): string {
    return this.#doors.socket;
  }

  get headers(): Record<string, string> {
    return { 'x-forwarded-for': this.address };
  }

  async createRoom(): Promise<string> {
    const { code } = await callRoute(this.#doors.rest, 'createRoom', { body: {}, headers: this.headers });
    return code;
  }

  async token(code: string, displayName = 'Guest'): Promise<string> {
    const given = { code, body: { displayName }, headers: this.headers };
    return (await callRoute(this.#doors.rest, 'joinRoom', given)).token;
  }

  /** Rejects with the error of the server if it refuses. */
  socket(auth: unknown): Promise<Socket> {
    return openSocket(this.#doors.socket, auth, this.headers);
  }

  withToken(token: string): Promise<RawPeer> {
    return RawPeer.connectWith(this.#doors.socket, { token }, this.headers);
  }

  withSecret(resumeSecret: string): Promise<RawPeer> {
    return RawPeer.connectWith(this.#doors.socket, { resumeSecret }, this.headers);
  }

  /** Has a socket, and is not in the room yet. */
  connect(code: string, displayName = 'Guest'): Promise<RawPeer> {
    return RawPeer.connect(this.#doors, code, displayName, this.headers);
  }

  async join(code: string, displayName = 'Guest'): Promise<RawPeer> {
    const peer = await this.connect(code, displayName);
    await peer.join();
    return peer;
  }
}

/** An IPv4 address that no other visitor of this run is likely to have. */
function anyAddress(): string {
  return ['10', randomInt(256), randomInt(256), randomInt(1, 255)].join('.');
}

import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { waitFor } from '@parley/common/testing';

type Mail = { readonly to: string; readonly text: string };

/** A mail server on this machine (SMTP, RFC 5321, without TLS) that keeps every mail. */
export class MailSink {
  readonly #server: Server;
  readonly #mails: Mail[] = [];

  static async start(): Promise<MailSink> {
    const sink = new MailSink();
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  private constructor() {
    this.#server = createServer((socket) => this.#receive(socket));
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The path, with the secret, of the page that the next mail to this address leads to. */
  async nextLink(to: string, publicUrl: string): Promise<string> {
    const text = await waitFor(() => {
      const index = this.#mails.findIndex((mail) => mail.to === to);
      return index < 0 ? undefined : this.#mails.splice(index, 1)[0]?.text;
    });
    const [link] = new RegExp(`${publicUrl}[^\\s]+`).exec(text) ?? [];
    if (link === undefined) throw new Error(`There is no link in this mail: ${text}`);
    return link.slice(publicUrl.length);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #receive(socket: Socket): void {
    const answer = (line: string) => socket.write(`${line}\r\n`);
    let to = '';
    let lines: string[] | null = null;
    answer('220 ready');
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      if (lines !== null) {
        if (line !== '.') return void lines.push(line);
        this.#mails.push({ to, text: readable(lines.join('\r\n')) });
        lines = null;
        return void answer('250 kept');
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') to = /<([^>]+)>/.exec(line)?.[1] ?? '';
      if (verb === 'DATA') lines = [];
      answer(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 well');
    });
  }
}

/** The mail without the line ends that its encoding (quoted-printable) adds. */
function readable(raw: string): string {
  return raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
}

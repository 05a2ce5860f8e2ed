import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

const TIMEOUT_MS = 8_000;
const BODY_MAX_CHARACTERS = 10_000;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Whether the connection was handed over to another protocol. */
  readonly upgraded: boolean;
}

/** Sends a request and accepts any certificate. The certificate has a check of its own. */
export function ask(url: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const given = { ...options, rejectUnauthorized: false, agent: false, timeout: TIMEOUT_MS } as const;
    const asked = request(url, given);
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    asked.once('error', reject);
    asked.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '', upgraded: true });
    });
    asked.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < BODY_MAX_CHARACTERS) text += chunk;
      });
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: text, upgraded: false });
      });
    });
    asked.end(body);
  });
}

/** The cause of a failed connection in a few words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name is not known';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to it';
    default:
      return message || (code ?? 'unknown reason');
  }
}

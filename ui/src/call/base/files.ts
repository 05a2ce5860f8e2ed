import { restErrorSchema, ROUTES, UPLOAD_PASS_HEADER } from '@parley/proto/rest';
import { CallFailure } from './call-failure.ts';

type Upload = {
  origin: string;
  pass: string;
  file: Blob;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** Sends a file to the gateway. Rejects with CallFailure. With XMLHttpRequest, because `fetch` says nothing of its progress. */
export function uploadFile({ origin, pass, file, onProgress, signal }: Upload): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const { method, path, status } = ROUTES.uploadFile;
    request.open(method, `${origin}${path}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader(UPLOAD_PASS_HEADER, pass);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener('load', () => {
      if (request.status === status) resolve();
      else reject(failureOf(request));
    });
    request.addEventListener('error', () => reject(new CallFailure('network_unreachable')));
    request.addEventListener('abort', () => reject(new CallFailure('closed')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) reject(new CallFailure('closed'));
    else request.send(file);
  });
}

function failureOf(request: XMLHttpRequest): CallFailure {
  try {
    const { code, message } = restErrorSchema.parse(JSON.parse(request.responseText)).error;
    return new CallFailure(code, { message });
  } catch {
    return new CallFailure(request.status === 413 ? 'payload_too_large' : 'unavailable');
  }
}

/** Rejects with CallFailure. */
export async function downloadFile(url: string): Promise<Blob> {
  try {
    const response = await fetch(url, { cache: 'no-store', redirect: 'error' });
    if (response.ok) return await response.blob();
  } catch (error) {
    throw new CallFailure('network_unreachable', { cause: error });
  }
  throw new CallFailure('not_found');
}

import type { RequestInput, RequestName, RequestResult } from '@parley/proto/requests';
import { downloadFile, uploadFile } from '../../base/files.ts';
import type { ChatOptions } from './chat.ts';

type Request = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestResult<N>>;

/** What the chat asks of the server. */
export function chatRequests(
  request: Request,
  origin: string,
): Pick<ChatOptions, 'send' | 'list' | 'clear' | 'type' | 'change' | 'listChanges' | 'files'> {
  return {
    send: (input) => request('chat:send', input),
    list: (input) => request('chat:list', input),
    clear: () => request('chat:clear', {}),
    type: (input) => request('chat:type', input),
    change: (name, input) => request(name, input),
    listChanges: (input) => request('chat:list-changes', input),
    files: {
      offer: (input) => request('chat:offer-file', input),
      link: (input) => request('chat:link-file', input),
      upload: (upload) => uploadFile({ ...upload, origin }),
      download: (path) => downloadFile(`${origin}${path}`),
    },
  };
}

import { WebSocket } from 'ws';
import type { Launcher, ServiceName } from '../servers/launcher.ts';
import { waitFor } from '@parley/common/testing';

type Message = { id?: number; result?: Record<string, unknown>; error?: { message: string } };
type Evaluated = {
  result: { value?: unknown; objectId?: string };
  exceptionDetails?: { exception?: { description?: string } };
};

/** Variables for the launcher, so that each service opens its inspector on a free port after SIGUSR1. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect-port=0' } as const;

const HEAP_WITHOUT_CODE = `(() => {
  const { code_and_metadata_size, bytecode_and_metadata_size } = process.getBuiltinModule('v8').getHeapCodeStatistics();
  return process.memoryUsage().heapUsed - code_and_metadata_size - bytecode_and_metadata_size;
})()`;

/** Reads the heap and the timers of a running service through Node's inspector. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #nextId = 1;

  static async attach(launcher: Launcher, service: ServiceName): Promise<Inspector> {
    const seen = launcher.printed(service).length;
    process.kill(launcher.pid(service), 'SIGUSR1');
    const url = await waitFor(
      () => {
        return /Debugger listening on (ws:\S+)/.exec(launcher.printed(service).slice(seen))?.[1];
      },
      { what: `the inspector of ${service}` },
    );
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`no inspector at ${url}`)), { once: true });
    });
    return new Inspector(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      const message = JSON.parse(event.data as string) as Message;
      if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
    });
  }

  /**
   * Bytes in use after a full garbage collection, without code: the engine compiles what is used often for thousands of requests, and drops what is not,
   * which is no leak and would hide one.
   */
  async heapUsed(): Promise<number> {
    // Twice: the second collection frees what finalizers released after the first.
    await this.#send('HeapProfiler.collectGarbage');
    await this.#send('HeapProfiler.collectGarbage');
    return (await this.evaluate(HEAP_WITHOUT_CODE)) as number;
  }

  /** How many timers, connections and other resources keep the process running, by kind. */
  async activeResources(): Promise<Record<string, number>> {
    const counted = await this.evaluate(
      'Object.entries(Object.groupBy(process.getActiveResourcesInfo(), (kind) => kind)).map(([kind, all]) => [kind, all.length])',
    );
    return Object.fromEntries(counted as [string, number][]);
  }

  async evaluate(expression: string): Promise<unknown> {
    return valueOf((await this.#send('Runtime.evaluate', { expression, returnByValue: true })) as Evaluated);
  }

  /** Calls a function in the service, with `this` being the array of all living objects of the prototype. Resolves with its result. */
  async askObjects(prototype: string, declaration: string): Promise<unknown> {
    const found = (await this.#send('Runtime.evaluate', { expression: prototype })) as Evaluated;
    valueOf(found);
    const queried = await this.#send('Runtime.queryObjects', { prototypeObjectId: found.result.objectId });
    const { objectId } = (queried as { objects: { objectId: string } }).objects;
    const call = { objectId, functionDeclaration: declaration, awaitPromise: true, returnByValue: true };
    return valueOf((await this.#send('Runtime.callFunctionOn', call)) as Evaluated);
  }

  close(): void {
    this.#socket.close();
  }

  #send(method: string, params: Record<string, unknown> = {}): Promise<unknown> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

function valueOf({ result, exceptionDetails }: Evaluated): unknown {
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'evaluation failed');
  return result.value;
}

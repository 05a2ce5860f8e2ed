import type { ServiceRegistry } from '@parley/common/discovery';
import {
  GrpcClient,
  isUnimplemented,
  type GrpcClientOptions,
  type RequestInput,
  type ResponseOutput,
  type UnaryName,
} from '@parley/common/grpc';
import { ParleyError } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import { RoomService } from '@parley/proto/room-rpc';

const SERVICE = 'signaling';
const ATTEMPT_TIMEOUT_MS = 2_500;

type Client = GrpcClient<typeof RoomService>;
type SignalingInstancesOptions = GrpcClientOptions & {
  registry: ServiceRegistry;
  attemptTimeoutMs?: number;
};

/** The instances of signaling over gRPC. Any of them can answer, and one that cannot be reached is skipped. */
export class SignalingInstances {
  readonly #options: SignalingInstancesOptions;
  readonly #clients = new Map<string, Client>();
  /** Clients of instances that are no longer listed, while their calls in progress end. */
  readonly #leaving = new Set<Client>();
  readonly #stopWatching: () => void;
  #turn = 0;
  #closed = false;

  constructor(options: SignalingInstancesOptions) {
    this.#options = options;
    this.#stopWatching = options.registry.onChange(SERVICE, () => this.#dropVanished());
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWatching();
    for (const client of [...this.#clients.values(), ...this.#leaving]) client.close();
    this.#clients.clear();
    this.#leaving.clear();
  }

  /** Rejects with ParleyError, and with `unavailable` when no instance answers. */
  call<M extends UnaryName<typeof RoomService>>(
    method: M,
    request: RequestInput<typeof RoomService, M>,
    traceId: TraceId,
  ): Promise<ResponseOutput<typeof RoomService, M>> {
    const options = { traceId, timeoutMs: this.#attemptTimeoutMs };
    return this.#try((client) => client.call(method, request, options));
  }

  /**
   * Resolves when an instance answers over grpc.health.v1 and takes our secret. All are asked at once: one that is frozen
   * must not use up the time of the check. An instance that is not ready counts: it refuses requests with stable codes,
   * which clients should get from the gateway, while a gateway that is not ready either would leave them with an error
   * of the edge.
   */
  async check(): Promise<void> {
    if (this.#closed) throw new ParleyError('closed');
    const instances = this.#options.registry.list(SERVICE);
    const answers = instances.map(({ address }) => this.#askHealth(this.#client(address)));
    try {
      await Promise.any(answers);
    } catch (error) {
      const [first = new ParleyError('unavailable')] = (error as AggregateError).errors as unknown[];
      throw asOurs(first);
    }
  }

  async #askHealth(client: Client): Promise<void> {
    try {
      await client.isServing({ timeoutMs: this.#attemptTimeoutMs });
    } catch (error) {
      if (!isUnimplemented(error)) throw error;
      await this.#askForNoRoom(client);
    }
  }

  /**
   * For signaling from before 0.1.0, which has no health service and runs beside this gateway during a rolling upgrade or
   * rollback: asks for a code that is none, because UNIMPLEMENTED does not show that the instance takes our secret. The
   * release after 0.1.0 removes this.
   */
  async #askForNoRoom(client: Client): Promise<void> {
    try {
      await client.call('getRoom', { code: '' }, { timeoutMs: this.#attemptTimeoutMs });
    } catch (error) {
      const answered = error instanceof ParleyError && error.code === 'invalid_room_code';
      if (!answered) throw error;
    }
  }

  get #attemptTimeoutMs(): number {
    return this.#options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS;
  }

  /**
   * Begins with each instance in turn and goes on to the next while one is unavailable. A request whose answer was lost
   * is repeated, which leaves at most an empty room or an unused token behind.
   */
  async #try<T>(attempt: (client: Client) => Promise<T>): Promise<T> {
    if (this.#closed) throw new ParleyError('closed');
    const instances = this.#options.registry.list(SERVICE);
    const start = this.#turn++;
    let lastError: unknown = new ParleyError('unavailable');
    for (let index = 0; index < instances.length; index++) {
      const instance = instances[(start + index) % instances.length];
      if (instance === undefined) break;
      try {
        return await attempt(this.#client(instance.address));
      } catch (error) {
        lastError = error;
        if (!isInstanceTrouble(error) || this.#closed) break;
        this.#options.logger.warn(
          { address: instance.address, code: error.code },
          'signaling instance unavailable',
        );
      }
    }
    throw asOurs(lastError);
  }

  #client(address: string): Client {
    const known = this.#clients.get(address);
    if (known !== undefined) return known;
    const client = GrpcClient.create(RoomService, address, this.#options);
    this.#clients.set(address, client);
    return client;
  }

  #dropVanished(): void {
    const listed = new Set(this.#options.registry.list(SERVICE).map((instance) => instance.address));
    for (const [address, client] of this.#clients) {
      if (listed.has(address)) continue;
      this.#clients.delete(address);
      this.#closeLater(client);
    }
  }

  /** Closes the client when every call in progress has ended or timed out. */
  #closeLater(client: Client): void {
    this.#leaving.add(client);
    const close = (): void => {
      this.#leaving.delete(client);
      client.close();
    };
    setTimeout(close, this.#attemptTimeoutMs).unref();
  }
}

function isInstanceTrouble(error: unknown): error is ParleyError {
  return error instanceof ParleyError && (error.code === 'unavailable' || error.code === 'timeout');
}

/** If signaling does not know us, our configuration is wrong, so the client gets `internal`. */
function asOurs(error: unknown): unknown {
  const isRefused =
    error instanceof ParleyError && (error.code === 'unauthenticated' || error.code === 'forbidden');
  return isRefused ? new ParleyError('internal', undefined, { cause: error }) : error;
}

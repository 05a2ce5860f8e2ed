import type { Server, ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { HealthImplementation, type ServingStatus } from 'grpc-health-check';
import { withDeadline } from '../async/with-deadline.ts';
import type { Readiness } from '../service/readiness.ts';

/** The name that stands for the whole server. */
const WHOLE_SERVER = '';
/**
 * How long an answer waits for the readiness checks. The gateway allows its own check as long as each check here may take
 * and begins earlier, so an answer after a check that hangs would come too late for it.
 */
const WAIT_FOR_CHECKS_MS = 1_000;

type UnaryCall = ServerUnaryCall<unknown, unknown>;
type WatchCall = ServerWritableStream<unknown, unknown>;
type UnaryHandler = (call: UnaryCall, sendResult: sendUnaryData<unknown>) => void;
type Handlers = { check: UnaryHandler; list: UnaryHandler; watch: (call: WatchCall) => void };

/**
 * Serves grpc.health.v1 for a server with one service. Its status follows the readiness of the process: `Check` runs the
 * readiness checks and waits up to a second for them, `Watch` reports each change that a run of them shows.
 */
export class GrpcHealth {
  readonly #readiness: Readiness;
  readonly #names: readonly string[];
  readonly #health = new HealthImplementation();
  readonly #watches = new Set<WatchCall>();

  /** `service` is the full name, such as `parley.room.v1.RoomService`. */
  constructor(server: Server, service: string, readiness: Readiness) {
    this.#readiness = readiness;
    this.#names = [WHOLE_SERVER, service];
    this.#setStatus('NOT_SERVING');
    readiness.on('changed', this.#handleChanged);
    this.#health.addToServer({
      addService: (definition, implementation) =>
        server.addService(definition, this.#checkingFirst(implementation as unknown as Handlers)),
    });
  }

  /** Ends the streams of clients that watch; the server could not end in order before them. */
  close(): void {
    this.#readiness.off('changed', this.#handleChanged);
    for (const call of this.#watches) call.end();
  }

  readonly #handleChanged = (ready: boolean): void => {
    this.#setStatus(ready ? 'SERVING' : 'NOT_SERVING');
  };

  #setStatus(status: ServingStatus): void {
    for (const name of this.#names) this.#health.setStatus(name, status);
  }

  /**
   * The package answers with the last status that was set, so the checks run before each answer. While a run is late, the
   * answer is the status of the run before, or NOT_SERVING if there was none.
   */
  #checkingFirst({ check, list, watch }: Handlers): Handlers {
    const afterChecks = (answer: UnaryHandler): UnaryHandler => {
      return (call, sendResult) => {
        const checked = withDeadline(this.#readiness.check(), WAIT_FOR_CHECKS_MS, () => undefined);
        void checked.then(() => answer(call, sendResult));
      };
    };
    return {
      check: afterChecks(check),
      list: afterChecks(list),
      watch: (call) => {
        this.#watches.add(call);
        call.once('cancelled', () => this.#watches.delete(call));
        watch(call);
        void this.#readiness.check();
      },
    };
  }
}

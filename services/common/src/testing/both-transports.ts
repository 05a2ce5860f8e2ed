/** The transports of a peer that may send. Throws if there is none to send on. */
export function bothTransports<T>({ send, receive }: { send?: T | undefined; receive: T }): {
  send: T;
  receive: T;
} {
  if (send === undefined) throw new Error('this peer has no transport to send on');
  return { send, receive };
}

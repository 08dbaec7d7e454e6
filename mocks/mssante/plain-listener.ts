import net from 'node:net';
import { listen, shut } from '../network/index.ts';
import type { ServiceContext } from '../types.ts';

/** A TCP listener of a mail protocol: clear text first, STARTTLS then. */
export interface PlainListener {
  readonly port: number;
  /** Cuts every open connection. */
  dropConnections(): void;
  close(): Promise<void>;
}

/**
 * @param name listener name in the port table
 * @param onConnection given each accepted socket
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `LISTEN_FAILED`
 */
export async function listenOn(
  context: ServiceContext,
  name: string,
  onConnection: (socket: net.Socket) => void,
): Promise<PlainListener> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // Whoever takes the socket adds its own handlers; a reset before that must not stop the process.
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  const port = await listen(server, name, context.host, context.port(name));
  const dropConnections = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port,
    dropConnections,
    close: () => shut(server, dropConnections),
  };
}

import type { Server } from 'node:net';
import { BenchError, messageOf, systemCodeOf } from '../errors.ts';

/**
 * Opens a server.
 * @param listener name shown in errors (`insi`, `smtp`…)
 * @param port 0 lets the system choose
 * @returns the port in use
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN` or `LISTEN_FAILED`
 */
export async function listen(server: Server, listener: string, host: string, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw explain(error, listener, host, port);
  }
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function explain(error: unknown, listener: string, host: string, port: number): BenchError {
  const where = `écouteur « ${listener} », ${host}:${port}`;
  switch (systemCodeOf(error)) {
    case 'EADDRINUSE':
      return new BenchError(
        'PORT_IN_USE',
        `Le port ${port} est déjà pris (${where}).`,
        `Arrêter le programme qui occupe le port ${port}, ou laisser le système choisir des ports libres (sans --port-base).`,
        { cause: error },
      );
    case 'EACCES':
      return new BenchError(
        'PORT_FORBIDDEN',
        `Le système refuse d'ouvrir le port ${port} (${where}).`,
        `Les ports inférieurs à 1024 demandent des droits particuliers : choisir un port plus grand pour « ${listener} ».`,
        { cause: error },
      );
    default:
      return new BenchError(
        'LISTEN_FAILED',
        `L'écouteur ne s'ouvre pas (${where}) : ${messageOf(error)}`,
        "Vérifier l'adresse d'écoute et le port.",
        { cause: error },
      );
  }
}

/** Closes a server and, with `cut`, the connections it still holds. */
export async function shut(server: Server, cut?: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    cut?.();
  });
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function authority(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

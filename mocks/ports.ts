import { BenchError } from './errors.ts';

/** Every listener of the bench, in the order of their ports when a first port is given. */
export const LISTENERS = [
  'control',
  'pki',
  'insi',
  'dmp',
  'web-ps',
  'psc',
  'smtp',
  'imap',
  'annuaire',
  'extraction',
  'hl7',
  'smtps',
  'imaps',
] as const;

export type ListenerName = (typeof LISTENERS)[number];

/** Ports wanted: by listener name (the others are chosen by the system), or consecutive ones from `base`. */
export type PortOptions = Readonly<Partial<Record<ListenerName, number>>> | { readonly base: number };

/**
 * Makes the port table of a bench.
 * @returns function of a listener name; 0 lets the system choose
 * @throws {BenchError} `BAD_PORT` for a port out of range or given twice, `UNKNOWN_LISTENER` for a name that is none
 */
export function portTable(options: PortOptions | undefined): (listener: string) => number {
  const table = new Map<string, number>();
  if (options !== undefined && 'base' in options) {
    for (const [index, name] of LISTENERS.entries()) table.set(name, checked(name, options.base + index));
  } else {
    for (const [name, port] of Object.entries(options ?? {})) {
      if (!LISTENERS.some((known) => known === name)) {
        throw new BenchError(
          'UNKNOWN_LISTENER',
          `Le banc n'a pas d'écouteur « ${name} ».`,
          `Choisir parmi : ${LISTENERS.join(', ')}.`,
        );
      }
      const other = port === 0 ? undefined : [...table].find(([, taken]) => taken === port)?.[0];
      if (other !== undefined) {
        throw new BenchError(
          'BAD_PORT',
          `Le port ${port} est demandé pour « ${other} » et pour « ${name} ».`,
          'Donner un port différent à chaque écouteur.',
        );
      }
      table.set(name, checked(name, port));
    }
  }
  return (listener) => table.get(listener) ?? 0;
}

function checked(listener: string, port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new BenchError(
    'BAD_PORT',
    `Le port ${port} demandé pour « ${listener} » n'existe pas.`,
    'Choisir des ports entre 1 et 65535 (0 : le système choisit).',
  );
}

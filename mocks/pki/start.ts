import { BenchError } from '../errors.ts';
import { authority, listenHttp, type Listener } from '../network/index.ts';
import type { ClientMaterial, PkiAddresses, RunningService, ServiceContext } from '../types.ts';
import { publication } from './issue.ts';
import { openPki, type OpenedPki, type OpenPkiOptions } from './open-pki.ts';
import { publicationHandlers } from './publication-handlers.ts';
import type { Pki } from './types.ts';

export interface StartPkiOptions extends Pick<OpenPkiOptions, 'dataDir' | 'holders'> {
  /** Port of the revocation listener; 0 for the one kept in the data folder. */
  readonly port: number;
}

export interface RunningPki extends RunningService<PkiAddresses> {
  readonly pki: Pki;
}

/**
 * Opens the test IGC-Santé of a data folder and the listener its certificates point at.
 *
 * The port is the one kept in the folder. When it is taken by another bench on the same folder, that bench answers for
 * both (same authorities, same revocations) and this one also listens on a port of its own; taken by a stranger, the
 * certificates are issued again, same keys, for another port.
 *
 * @throws {BenchError} `PORT_IN_USE` when a port was asked for and is taken; those of `openPki`
 */
export async function startPki(
  options: StartPkiOptions,
  context: Pick<ServiceContext, 'journal' | 'now' | 'uuid' | 'host' | 'situations'>,
): Promise<RunningPki> {
  const { dataDir, holders } = options;
  const { now, host } = context;
  const base: OpenPkiOptions = { dataDir, holders, now, host };
  let opened = await openPki(options.port === 0 ? base : { ...base, port: options.port });
  const handlers = publicationHandlers(() => opened, now, context.situations);
  const publish = (port: number): Promise<Listener> =>
    listenHttp({ service: 'pki', listener: 'pki', handlers }, { ...context, port: () => port });
  let listener: Listener;
  try {
    listener = await publish(opened.manifest.port);
  } catch (error) {
    if (options.port !== 0 || !(error instanceof BenchError) || error.code !== 'PORT_IN_USE') throw error;
    listener = await publish(0);
    try {
      const sharer = `http://${authority(host, opened.manifest.port)}`;
      if (!(await isSameBench(sharer, opened))) opened = await openPki({ ...base, port: listener.port });
    } catch (failure) {
      await listener.close();
      throw failure;
    }
  }
  const where = publication(listener.origin, 'organisations');
  return {
    pki: opened.pki,
    addresses: { ca: opened.pki.caFile, crl: where.crl, ocsp: where.ocsp, clients: materials(opened.pki) },
    reset: () => undefined,
    close: () => listener.close(),
  };
}

/** True when the holder of our port publishes the certificate of our own authority. */
async function isSameBench(origin: string, opened: OpenedPki): Promise<boolean> {
  try {
    const answer = await fetch(publication(origin, 'organisations').authority, { signal: AbortSignal.timeout(2_000) });
    if (!answer.ok) return false;
    const published = Buffer.from(await answer.arrayBuffer()).toString('base64');
    return opened.manifest.authorities.organisations.certificate.replaceAll(/\s/g, '').includes(published);
  } catch {
    return false;
  }
}

function materials(pki: Pki): Readonly<Record<string, ClientMaterial>> {
  return Object.fromEntries(
    Object.entries(pki.clients).map(([name, { files, passphrase }]) => [name, { ...files, passphrase }]),
  );
}

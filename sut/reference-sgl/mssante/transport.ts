import { readFile } from 'node:fs/promises';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { SglError, type SglConfig } from '../model/index.ts';

/** What became of a submission. `en-attente`: the server, or the network, may take it later. */
export interface Delivery {
  readonly state: 'transmis' | 'refuse' | 'en-attente';
  /** French sentence with the reply of the server. */
  readonly detail: string;
}

/** Suites of the MSSanté reference: 0xC030, 0xC02F, 0xC028, 0xC027, 0x009F, 0x009E (domain.md §3.4). */
const SUITES = [
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
];
const TIMEOUT_MS = 15_000;

/**
 * Submits one mail: STARTTLS before anything else, client certificate, then AUTH. TLS 1.2 and no other, which both waves
 * accept. PEM files are read each time, so that a renewed certificate counts at once.
 */
export async function submit(mail: SendMailOptions, config: SglConfig): Promise<Delivery> {
  const { smtp, user, password } = config.mssante;
  const timeout = config.timeoutMs ?? TIMEOUT_MS;
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: false,
    requireTLS: true,
    auth: { user, pass: password },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    tls: { ...(await tlsFiles(config)), minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: SUITES.join(':') },
  });
  try {
    const info = await transport.sendMail(mail);
    return { state: 'transmis', detail: `Message accepté par le serveur MSSanté : ${info.response}` };
  } catch (error) {
    return failure(error as Failure);
  } finally {
    transport.close();
  }
}

async function tlsFiles(config: SglConfig): Promise<{ ca: Buffer; cert: Buffer; key: Buffer }> {
  try {
    const [ca, cert, key] = await Promise.all([
      readFile(config.ca),
      readFile(config.mssante.cert),
      readFile(config.mssante.key),
    ]);
    return { ca, cert, key };
  } catch (cause) {
    throw new SglError(
      'CERTIFICAT_MSSANTE_ILLISIBLE',
      "Le certificat de la messagerie MSSanté ou le fichier des autorités n'a pas pu être lu.",
      'Vérifiez mssante.cert, mssante.key et ca dans la configuration.',
      { cause },
    );
  }
}

interface Failure {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message: string;
}

/** The network, not the certificate nor the server's will, kept the message here. */
const NETWORK = new Set(['ECONNECTION', 'ETIMEDOUT', 'EDNS', 'ESOCKET']);
const CERTIFICATE = /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO)/;

function failure(error: Failure): Delivery {
  const reply = error.response ?? '';
  if (error.responseCode !== undefined && error.responseCode >= 500) {
    return { state: 'refuse', detail: `Refus définitif du serveur MSSanté (code ${error.responseCode}) : ${reply}` };
  }
  if (error.responseCode !== undefined && error.responseCode >= 400) {
    return {
      state: 'en-attente',
      detail: `Refus temporaire du serveur MSSanté (code ${error.responseCode}) : ${reply}`,
    };
  }
  if (CERTIFICATE.test(error.originalCode ?? error.code ?? '') || error.code === 'ETLS') {
    const cause = error.originalCode ?? error.code ?? '';
    return { state: 'refuse', detail: `La connexion sécurisée avec le serveur MSSanté a échoué (${cause}).` };
  }
  if (NETWORK.has(error.code ?? '')) {
    return { state: 'en-attente', detail: `Le serveur MSSanté est injoignable (${error.originalCode ?? error.code}).` };
  }
  return { state: 'refuse', detail: `Le message n'a pas pu être envoyé (${error.code ?? error.message}).` };
}

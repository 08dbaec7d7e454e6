import { SglError, type SglConfig } from '../model/index.ts';
import { LinkError } from './link.ts';
import type { MailboxAccess } from './mailboxes.ts';
import { SmtpRefusal, submitBySmtp, TooLarge, type Outgoing, type Tell } from './smtp.ts';
import { explainTls } from './tls.ts';

/** What became of a submission. `en-attente`: the server, or the network, may take it later. */
export interface Delivery {
  readonly state: 'transmis' | 'refuse' | 'en-attente';
  /** French sentence with the reply of the server. */
  readonly detail: string;
}

/** Most operators take 10 MB (protocols.md §5.3). */
const MAX_BYTES = 10 * 1024 * 1024;

/** Submits one mail and says what became of it. Nothing leaves when it is larger than the operator takes. */
export async function submit(
  mail: Outgoing,
  access: MailboxAccess,
  config: SglConfig,
  faults: ReadonlySet<string>,
  tell: Tell = () => undefined,
): Promise<Delivery> {
  const limit = config.mssante.maxBytes ?? MAX_BYTES;
  if (mail.raw.length > limit) return tooLarge(mail.raw.length, limit);
  try {
    const response = await submitBySmtp(mail, access, config, faults, tell);
    return { state: 'transmis', detail: `Message accepté par le serveur MSSanté : ${response}` };
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(mail.raw.length, error.limit);
    return failure(error, faults);
  }
}

function tooLarge(size: number, limit: number): Delivery {
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1).replace('.', ',');
  const detail = `Message non envoyé : ${megabytes(size)} Mo, la limite de l'opérateur est de ${megabytes(limit)} Mo. Envoyez moins de documents à la fois.`;
  return { state: 'refuse', detail };
}

function failure(error: unknown, faults: ReadonlySet<string>): Delivery {
  if (error instanceof SmtpRefusal) {
    const passing = error.code < 500 && !faults.has('mss-4xx-definitif');
    const told = `Refus ${passing ? 'temporaire' : 'définitif'} du serveur MSSanté (code ${error.code}) : ${error.reply}`;
    const detail = faults.has('mss-erreur-muette') ? '' : told;
    return { state: passing ? 'en-attente' : 'refuse', detail };
  }
  if (error instanceof LinkError) {
    return error.kind === 'tls'
      ? { state: 'refuse', detail: explainTls(error.code) }
      : { state: 'en-attente', detail: `Le serveur MSSanté est injoignable (${error.code}).` };
  }
  if (error instanceof SglError) return { state: 'refuse', detail: `${error.message} ${error.remedy}` };
  throw error;
}

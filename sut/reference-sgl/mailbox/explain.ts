import { Refusal, SglError } from '../model/index.ts';
import { explainTls, LinkError } from '../mssante/index.ts';
import { ImapRefusal } from './imap.ts';

/** What the user is told: a refused operator is not a failure of ours, the rest is. */
export function explained(error: unknown): Error {
  if (error instanceof LinkError && error.kind === 'tls') return new Refusal('MSSANTE_TLS', explainTls(error.code), '');
  if (error instanceof LinkError) {
    return new SglError(
      'MSSANTE_INJOIGNABLE',
      `Le serveur MSSanté est injoignable (${error.code}).`,
      'Réessayez plus tard.',
      { cause: error },
    );
  }
  if (error instanceof ImapRefusal) {
    return new Refusal(
      'MSSANTE_REFUS',
      `Le serveur MSSanté a refusé : ${error.response.slice(0, 300)}`,
      'Vérifiez le compte de la boîte.',
    );
  }
  return error as Error;
}

import { escapeXml } from '#formats/xml/index.ts';
import { writeSoapFault } from '#formats/soap/index.ts';
import { SIRAM } from './vocabulary.ts';

/** A SOAP fault of INSi, before it is written. */
export interface InsiFault {
  readonly side: 'Sender' | 'Receiver' | 'VersionMismatch';
  readonly subcode?: string;
  /** Value of siram:Erreur@code. */
  readonly code: string;
  readonly severity: 'fatal' | 'erreur';
  /** French sentence, shown to the user by the product. */
  readonly text: string;
}

export type KnownFault = 'insi_101' | 'insi_102' | 'desir_550' | 'desir_560';

/**
 * Faults of which code, side and meaning are known. The schema lists `fatale` but the real service sends `fatal`.
 * Source: protocols.md §1.5.
 */
const KNOWN: Readonly<Record<KnownFault, InsiFault>> = {
  insi_101: {
    side: 'Receiver',
    subcode: 'siram_40',
    code: 'insi_101',
    severity: 'fatal',
    text: 'Une erreur technique est survenue lors de la recherche à partir de la carte Vitale.',
  },
  insi_102: {
    side: 'Receiver',
    subcode: 'siram_40',
    code: 'insi_102',
    severity: 'fatal',
    text: "Une erreur technique est survenue lors de la recherche à partir des traits d'identité.",
  },
  desir_550: {
    side: 'Sender',
    subcode: 'siram_100',
    code: 'desir_550',
    severity: 'erreur',
    text: "Le numéro d'autorisation du logiciel n'est pas connu.",
  },
  desir_560: {
    side: 'Sender',
    subcode: 'siram_100',
    code: 'desir_560',
    severity: 'fatal',
    text: 'Le certificat présenté ne donne pas droit à cette opération.',
  },
};

export function knownFault(code: KnownFault): InsiFault {
  return KNOWN[code];
}

/** A request that the service cannot read or that breaks its schema; the real codes are not public, hence parameters. */
export function malformedFault(subcode: string, code: string, text: string): InsiFault {
  return { side: 'Sender', subcode, code, severity: 'fatal', text };
}

/** The envelope is not SOAP 1.2. */
export function versionFault(text: string): InsiFault {
  return { side: 'VersionMismatch', code: 'VersionMismatch', severity: 'fatal', text };
}

/**
 * Writes the fault as a SOAP 1.2 envelope, to be sent with HTTP 500.
 * @param messageId wsa:MessageID of the request, echoed in siram:Erreur
 */
export function writeFault(fault: InsiFault, messageId: string | undefined): string {
  const echoed = escapeXml(messageId ?? '');
  return writeSoapFault({
    code: fault.side,
    ...(fault.subcode === undefined ? {} : { subcode: { value: `S:${fault.subcode}`, namespaces: { S: SIRAM } } }),
    reason: fault.text,
    lang: 'fr',
    detail: `<siram:Erreur xmlns:siram="${SIRAM}" severite="${fault.severity}" code="${escapeXml(fault.code)}" messageID="${echoed}">${escapeXml(fault.text)}</siram:Erreur>`,
  });
}

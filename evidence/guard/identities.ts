import { INS_OID } from '#formats/nir/index.ts';
import { spansOf, type Secret } from './spans.ts';
import type { KnownPeople, Watch } from './types.ts';

/** How a name is compared: letters only, without accents, in capitals. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z]/gu, '');
}

/** A name that says by itself that it is made up. */
const MADE_UP = /TEST|EXEMPLE|EXAMPLE|FICTI|DOE$|INCONNU|ANONYM|XXX|NOM|PATIENT|PRENOM/u;
const REAL_LENGTH = 2;

/** Elements that hold the names of a patient: CDA, HL7 v3, INSi, FHIR. */
const ELEMENTS =
  'family|given|NOMNAISSANCE|NOMUTILISE|NOMUSAGE|NOM|PRENOM|PRENOMS|LISTEPRENOM|LISTEPRENOMS|PRENOMACTENAISSANCE|NomNaissance|NomUsuel|Prenom|Prenoms|birthName|familyName|givenName';

/** Blocks of a document that are about its patient; a document without any is read whole. */
const BLOCKS =
  /<(?:[\w-]{1,40}:)?(recordTarget|patientRole|subject|INDIVIDU|PATIENT|Patient)\b[\s\S]*?<\/(?:[\w-]{1,40}:)?\1\s*>/gu;

/**
 * Names beside an identifier under a production OID, which are those of nobody that was made up. Where the OID is one of the test authorities, names
 * are test names.
 */
export const watchIdentities: Watch = (view, known) => {
  const { text } = view;
  if (!text.includes(INS_OID.nir) && !text.includes(INS_OID.nia) && !hasHl7Authority(text)) return [];
  const secrets = secretsFor(known);
  const blocks = [...text.matchAll(BLOCKS)].map(({ 0: block, index }) => [index, index + block.length] as const);
  const within = (at: number): boolean => blocks.length === 0 || blocks.some(([from, to]) => at >= from && at < to);
  return spansOf(text, secrets).filter(({ from }) => within(from) || !text.startsWith('<'));
};

/** HL7 writes the authority with its OID; older feeds only name it. */
function hasHl7Authority(text: string): boolean {
  return /^PID\|[^\r\n]*(?:ASIP-SANTE-INS-NI[RA])(?![-\w])/mu.test(text);
}

function secretsFor({ names }: KnownPeople): readonly Secret[] {
  const holds = (value: string): boolean =>
    value.split(/[\s,]+/u).some((word) => {
      const key = nameKey(word);
      return key.length >= REAL_LENGTH && !names.has(key) && !names.has(nameKey(value)) && !MADE_UP.test(key);
    });
  const code = 'IDENTITE_REELLE_POSSIBLE';
  return [
    {
      code,
      holds,
      pattern: new RegExp(String.raw`<(?:[\w-]{1,40}:)?(?:${ELEMENTS})(?:\s[^<>]{0,400})?>([^<]+)<`, 'dgu'),
    },
    { code, holds, pattern: /"(?:family|birthName|nomNaissance|familyName)"\s*:\s*"((?:[^"\\]|\\.)+)"/dgu },
    { code, holds, pattern: /"given"\s*:\s*\[\s*"((?:[^"\\]|\\.)+)"/dgu },
    // PID-5: family^given^others; PID-5 of the XDS metadata too.
    { code, holds, pattern: /^PID(?:\|[^|\r\n]*){4}\|([^|^~\r\n]+)/dgmu },
    { code, holds, pattern: /^PID(?:\|[^|\r\n]*){4}\|[^|^~\r\n]*\^([^|^~\r\n]+)/dgmu },
    { code, holds, pattern: /\bPID-5\|([^|^~<\r\n]+)/dgu },
    { code, holds, pattern: /\bPID-5\|[^|^~<\r\n]*\^([^|^~<\r\n]+)/dgu },
  ];
}

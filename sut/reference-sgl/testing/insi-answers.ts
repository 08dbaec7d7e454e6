import type { FakeAnswer } from './fake-service.ts';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const RESULT = 'http://www.cnamts.fr/INSiResultat';

/** An answer as the service was seen to write it: two prefixes for the same namespace. */
export function soap(body: string, status = 200): FakeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
    body: `<soap:Envelope xmlns:soap="${SOAP}"><soap:Header/><env:Body xmlns:env="${SOAP}">${body}</env:Body></soap:Envelope>`,
  };
}

export function result(code: string, label: string, person = ''): FakeAnswer {
  return soap(
    `<RESULTAT xmlns="${RESULT}" xmlns:inutile="urn:x"><CR><CodeCR>${code}</CodeCR><LibelleCR>${label}</LibelleCR></CR>${person}</RESULTAT>`,
  );
}

export interface WrittenPerson {
  number?: string;
  key?: string;
  oid?: string;
  birthName?: string;
  firstName?: string;
  list?: string;
  sex?: string;
  birthDate?: string;
  birthPlace?: string;
  history?: string;
}

/** The published fictive patient of the CI-SIS examples, unless told otherwise. */
export function person(changes: WrittenPerson = {}): string {
  const p = {
    number: '2790351215189',
    key: '89',
    oid: '1.2.250.1.213.1.4.10',
    birthName: 'PAT-TROIS',
    firstName: 'DOMINIQUE',
    list: 'DOMINIQUE MARIE-LOUISE',
    sex: 'F',
    birthDate: '1979-03-28',
    birthPlace: '51215',
    history: '',
    ...changes,
  };
  return `<INDIVIDU><INSACTIF><IdIndividu><NumIdentifiant>${p.number}</NumIdentifiant><Cle>${p.key}</Cle></IdIndividu><OID>${p.oid}</OID></INSACTIF>${p.history}<TIQ><NomNaissance>${p.birthName}</NomNaissance><Prenom>${p.firstName}</Prenom><ListePrenom>${p.list}</ListePrenom><Sexe>${p.sex}</Sexe><DateNaissance>${p.birthDate}</DateNaissance><LieuNaissance>${p.birthPlace}</LieuNaissance></TIQ></INDIVIDU>`;
}

const VERIFICATION = 'http://www.cnamts.fr/INSiResultatVerif';

function verdict(value: 'OK' | 'KO'): string {
  return `<v:CR><v:CodeCR>${value === 'OK' ? '00' : '01'}</v:CodeCR><v:LibelleCR>${value}</v:LibelleCR></v:CR>`;
}

/** Answer to a unit verification. */
export function verified(value: 'OK' | 'KO'): FakeAnswer {
  return soap(`<v:RESULTATVERIF xmlns:v="${VERIFICATION}">${verdict(value)}</v:RESULTATVERIF>`);
}

/** Answer to a bulk one, by reference. */
export function verifiedInBulk(values: Readonly<Record<string, 'OK' | 'KO'>>): FakeAnswer {
  const lines = Object.entries(values).map(
    ([ref, value]) => `<v:Verification ref="${ref}">${verdict(value)}</v:Verification>`,
  );
  return soap(`<v:RESULTATVERIF xmlns:v="${VERIFICATION}">${lines.join('')}</v:RESULTATVERIF>`);
}

export const FOUND = (changes?: WrittenPerson): FakeAnswer => result('00', 'OK', person(changes));
export const NONE = result('01', 'Aucune identite trouvee');
export const SEVERAL = result('02', 'Plusieurs identites trouvees');

export const FAULT = (code: string): FakeAnswer =>
  soap(
    `<soap:Fault xmlns:soap="${SOAP}"><soap:Code><soap:Value>soap:Receiver</soap:Value><soap:Subcode><soap:Value>S:siram_40</soap:Value></soap:Subcode></soap:Code><soap:Reason><soap:Text xml:lang="fr">panne</soap:Text></soap:Reason><soap:Detail><siram:Erreur xmlns:siram="urn:siram" severite="fatal" code="${code}">Service momentanement indisponible</siram:Erreur></soap:Detail></soap:Fault>`,
    500,
  );

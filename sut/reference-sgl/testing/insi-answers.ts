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

export const FOUND = (changes?: WrittenPerson): FakeAnswer => result('00', 'OK', person(changes));
export const NONE = result('01', 'Aucune identite trouvee');
export const SEVERAL = result('02', 'Plusieurs identites trouvees');

export const FAULT = (code: string): FakeAnswer =>
  soap(
    `<soap:Fault xmlns:soap="${SOAP}"><soap:Code><soap:Value>soap:Receiver</soap:Value><soap:Subcode><soap:Value>S:siram_40</soap:Value></soap:Subcode></soap:Code><soap:Reason><soap:Text xml:lang="fr">panne</soap:Text></soap:Reason><soap:Detail><siram:Erreur xmlns:siram="urn:siram" severite="fatal" code="${code}">Service momentanement indisponible</siram:Erreur></soap:Detail></soap:Fault>`,
    500,
  );

import { parseCx } from '#formats/ebrim/index.ts';
import { child } from '#formats/xml/index.ts';
import { checkInsValue } from '../ins/index.ts';
import type { Report } from '../report/index.ts';
import { codedValues, CONFIDENTIALITY, PURPOSE, RESOURCE_ID, ROLE, SAML, SUBJECT_ID } from './read.ts';
import type { VihfRule } from './rules.ts';
import type { Vihf, VihfOptions } from './types.ts';

const MANDATORY = [
  'VIHF_Version',
  'Identifiant_Structure',
  'Secteur_Activite',
  'Ressource_URN',
  'LPS_Nom',
  'LPS_Version',
  'LPS_ID_HOMOLOGATION_DMP',
];
const G15 = '1.2.250.1.71.1.2.7';
const A00 = '1.2.250.1.213.1.1.4.6';
const MODES = ['DIRECTE', 'INDIRECTE', 'INDIRECTE_RENFORCEE'];
const PURPOSES = ['normal', 'bris_de_glace', 'centre_15'];
const PURPOSE_SYSTEM = '1.2.250.1.213.1.1.4.248';
const AUTHN_CLASSES = [
  'SmartcardPKI',
  'TLSClient',
  'Password',
  'PasswordProtectedTransport',
  'MobileTwoFactorUnregistered',
  'unspecified',
];
/** PS_IdNat: prefix then number; an internal id follows a slash for those known by their structure (protocols.md §0.1). */
const PERSON = /^[0134568]\d[\dAB]*(?:\/\S+)?$/;
/** Struct_IdNat: prefix 0 to 4 then ADELI, FINESS, SIREN, SIRET or RPPS-rank; test FINESS holds letters. */
const STRUCTURE = /^(?:[0-4][\dAB]{8,14}|[A-Z]\w{3,})$/;

/** Rules on Subject, AuthnStatement and attributes (protocols.md §2.10). */
export function checkAttributes(report: Report<VihfRule>, vihf: Vihf, options: VihfOptions): void {
  for (const name of MANDATORY) {
    if (vihf.attributes.get(name)) continue;
    missing(report, vihf, name, vihf.attributes.has(name) ? 'vide' : 'absent');
  }
  checkSubject(report, vihf);
  checkUser(report, vihf, options.user);
  checkForm(report, vihf);
  checkMode(report, vihf);
  checkRoles(report, vihf);
  checkPurpose(report, vihf);
  checkSecret(report, vihf, options);
  checkPatient(report, vihf, options.patient);
}

function missing(report: Report<VihfRule>, vihf: Vihf, name: string, received: string): void {
  report.add('VIHF-ATTRIBUTE', {
    where: place(vihf, name),
    received,
    expected: `l’attribut ${name}, rempli`,
    remedy: `Ajoutez ${name} à AttributeStatement.`,
  });
}

function place(vihf: Vihf, name: string): string {
  return `${vihf.path}/AttributeStatement[1]/Attribute[@Name='${name}']`;
}

function checkSubject(report: Report<VihfRule>, vihf: Vihf): void {
  if (!PERSON.test(vihf.nameId)) {
    report.add('VIHF-NAMEID', {
      where: `${vihf.path}/Subject[1]/NameID[1]`,
      received: vihf.nameId || 'absent',
      expected: 'PS_IdNat (8 suivi du RPPS), ou identifiant de structure, barre oblique et identifiant interne',
      remedy: 'Renseignez l’identifiant national de la personne qui agit, ou du responsable pour un envoi automatique.',
    });
  }
  const statement = child(vihf.assertion, 'AuthnStatement', SAML);
  const context = statement && child(statement, 'AuthnContext', SAML);
  const reference = (context && child(context, 'AuthnContextClassRef', SAML))?.text.trim() ?? '';
  const known = AUTHN_CLASSES.some((name) => reference === `urn:oasis:names:tc:SAML:2.0:ac:classes:${name}`);
  if (!known) {
    report.add('VIHF-AUTHN-CONTEXT', {
      where: `${vihf.path}/AuthnStatement[1]/AuthnContext[1]/AuthnContextClassRef[1]`,
      received: reference || 'absent',
      expected: AUTHN_CLASSES.map((name) => `…:ac:classes:${name}`).join(', '),
      remedy: 'Indiquez le moyen par lequel la personne s’est authentifiée dans le logiciel.',
    });
  }
}

/** A number of one repeated digit, or of zeros but for its last ones, is nobody's (DMP/AIRS.06). */
const GENERIC = /^8(?:(\d)\1{10}|0{8}\d{3}|12345678901)$/;

function checkUser(report: Report<VihfRule>, vihf: Vihf, user: string | undefined): void {
  const where = `${vihf.path}/Subject[1]/NameID[1]`;
  if (GENERIC.test(vihf.nameId)) {
    report.add('VIHF-GENERIC-ID', {
      where,
      received: vihf.nameId,
      expected: 'le numéro RPPS de la personne qui agit',
      remedy: 'Portez dans NameID le numéro de l’utilisateur connecté, lu de son compte ou de sa carte.',
    });
  }
  if (user !== undefined && vihf.nameId !== user) {
    report.add('VIHF-USER', {
      where,
      received: vihf.nameId || 'absent',
      expected: `${user}, l’utilisateur à l’origine de la requête`,
      remedy: 'Construisez le VIHF à partir de l’utilisateur connecté, à chaque requête.',
    });
  }
}

function checkForm(report: Report<VihfRule>, vihf: Vihf): void {
  const rows: readonly (readonly [VihfRule, string, RegExp, string])[] = [
    ['VIHF-VERSION', 'VIHF_Version', /^[34]\.0$/, '3.0 ou 4.0'],
    ['VIHF-STRUCTURE-ID', 'Identifiant_Structure', STRUCTURE, 'Struct_IdNat, par exemple 1 suivi du FINESS'],
    ['VIHF-SECTOR', 'Secteur_Activite', /^SA\d\d\^1\.2\.250\.1\.71\.4\.2\.4$/, 'SAxx^1.2.250.1.71.4.2.4'],
    ['VIHF-URN', 'Ressource_URN', /^urn:dmp$/, 'urn:dmp'],
  ];
  for (const [rule, name, form, expected] of rows) {
    const value = vihf.attributes.get(name);
    if (!value || form.test(value)) continue;
    report.add(rule, {
      where: place(vihf, name),
      received: value,
      expected,
      remedy: `Corrigez la valeur de ${name}.`,
    });
  }
}

function checkMode(report: Report<VihfRule>, vihf: Vihf): void {
  const spelling = [...vihf.attributes.keys()].find((name) => name.toLowerCase() === 'authentification_mode');
  const value = spelling === undefined ? '' : (vihf.attributes.get(spelling) ?? '');
  if (spelling !== undefined && spelling !== 'Authentification_Mode') {
    report.add('VIHF-AUTHENTICATION-MODE-SPELLING', {
      where: place(vihf, spelling),
      received: spelling,
      expected: 'Authentification_Mode',
      remedy: 'Les deux orthographes sont acceptées ; préférez Authentification_Mode.',
    });
  }
  if (!MODES.includes(value)) {
    report.add('VIHF-AUTHENTICATION-MODE', {
      where: place(vihf, spelling ?? 'Authentification_Mode'),
      received: value || 'absent',
      expected: MODES.join(', '),
      remedy:
        'Indiquez DIRECTE pour une carte CPS, INDIRECTE (ou INDIRECTE_RENFORCEE) pour un certificat d’organisation.',
    });
    return;
  }
  const subject = vihf.attributes.get(SUBJECT_ID);
  const indirect = value !== 'DIRECTE';
  if (indirect ? !subject : subject !== undefined) {
    report.add('VIHF-SUBJECT-ID', {
      where: place(vihf, SUBJECT_ID),
      received: subject || 'absent',
      expected: indirect ? 'le nom et le prénom de la personne, ou le nom du logiciel' : 'pas d’attribut subject-id',
      remedy: indirect
        ? 'Ajoutez subject-id : il est obligatoire en authentification indirecte.'
        : 'Retirez subject-id : il ne sert qu’en authentification indirecte.',
    });
  }
}

function checkRoles(report: Report<VihfRule>, vihf: Vihf): void {
  const [role, speciality] = vihf.roles;
  if (role === undefined || role.code === '' || ![G15, A00].includes(role.codeSystem)) {
    report.add('VIHF-ROLE', {
      where: place(vihf, ROLE),
      received: role === undefined ? 'absent' : `${role.code} (${role.codeSystem})`,
      expected: `une profession (${G15}) ou un rôle non professionnel (${A00})`,
      remedy: 'Placez un élément Role (urn:hl7-org:v3) avec code et codeSystem dans le premier AttributeValue.',
    });
  } else if (role.codeSystem === G15 && ['10', '21'].includes(role.code) && !speciality?.code) {
    report.add('VIHF-SPECIALITY', {
      where: place(vihf, ROLE),
      received: `profession ${role.code}, sans spécialité`,
      expected: 'un second AttributeValue avec la spécialité (SMxx) ou la section du pharmacien',
      remedy: 'Ajoutez la spécialité : le DMP refuse les médecins et pharmaciens sans spécialité.',
    });
  }
}

function checkPurpose(report: Report<VihfRule>, vihf: Vihf): void {
  const [purpose] = codedValues(vihf.assertion, PURPOSE, 'PurposeOfUse');
  if (purpose?.code === 'bris_de_glace') {
    report.add('VIHF-EMERGENCY', {
      where: place(vihf, PURPOSE),
      received: 'bris_de_glace',
      expected: 'une justification saisie par l’utilisateur, et un patient qui ne s’y oppose pas',
      remedy:
        'Vérifiez à l’écran que la justification est demandée : aucune source publique ne dit où le message la porte.',
    });
  }
  if (purpose !== undefined && PURPOSES.includes(purpose.code) && purpose.codeSystem === PURPOSE_SYSTEM) return;
  report.add('VIHF-PURPOSE', {
    where: place(vihf, PURPOSE),
    received: purpose === undefined ? 'absent' : `${purpose.code} (${purpose.codeSystem})`,
    expected: `${PURPOSES.join(', ')} (${PURPOSE_SYSTEM})`,
    remedy: 'Placez un élément PurposeOfUse, code normal hors urgence.',
  });
}

/** The attribute is known, its value is not: what is sent is told, never refused for its value alone. */
function checkSecret(report: Report<VihfRule>, vihf: Vihf, { secretConnection, secretValues }: VihfOptions): void {
  const value =
    vihf.attributes.get(CONFIDENTIALITY) ??
    codedValues(vihf.assertion, CONFIDENTIALITY, 'ConfidentialityCode')[0]?.code;
  const where = place(vihf, CONFIDENTIALITY);
  const remedy = 'Transmettez le choix de l’utilisateur, avec la valeur que le guide d’intégration vous donne.';
  if (secretConnection === true && !value) {
    const received = value === undefined ? 'absent' : 'vide';
    report.add('VIHF-SECRET-CONNECTION', {
      where,
      received,
      expected: 'l’attribut, rempli',
      remedy,
      severity: 'error',
    });
  } else if (secretConnection === false && value !== undefined) {
    const expected = 'pas d’attribut : la connexion n’est pas secrète';
    report.add('VIHF-SECRET-CONNECTION', { where, received: value || 'vide', expected, remedy, severity: 'error' });
  } else if (value === '') {
    const expected = 'une valeur, ou pas d’attribut';
    report.add('VIHF-SECRET-CONNECTION', { where, received: 'vide', expected, remedy, severity: 'warning' });
  } else if (value !== undefined && secretValues?.includes(value) !== true) {
    const expected = secretValues?.join(', ') ?? 'une valeur qu’aucune source publique ne confirme';
    report.add('VIHF-SECRET-CONNECTION', { where, received: value, expected, remedy });
  }
}

function checkPatient(report: Report<VihfRule>, vihf: Vihf, patient: VihfOptions['patient']): void {
  const value = vihf.resourceId;
  if (patient === null && value === '') return;
  const where = place(vihf, RESOURCE_ID);
  if (!/^[^^]+\^\^\^&[\d.]+&ISO\^NH$/.test(value)) {
    report.add('VIHF-RESOURCE-ID', {
      where,
      received: value || 'absent',
      expected: 'matricule^^^&OID&ISO^NH',
      remedy: 'Renseignez resource-id avec l’INS du patient, au format CX.',
    });
    return;
  }
  const cx = parseCx(value);
  for (const finding of checkInsValue({ ins: cx.id, oid: cx.authority.universalId, where })) {
    report.add('VIHF-RESOURCE-ID', {
      where,
      received: finding.received,
      expected: finding.expected,
      remedy: finding.remedy,
    });
  }
  const oid = patient?.oid ?? cx.authority.universalId;
  if (patient && (cx.id !== patient.ins || cx.authority.universalId !== oid)) {
    report.add('VIHF-RESOURCE-PATIENT', {
      where,
      received: value,
      expected: `${patient.ins}^^^&${oid}&ISO^NH, le patient du message`,
      remedy: 'Construisez le VIHF et le message à partir de la même fiche patient.',
    });
  }
}

import type { TestProfessional, TestStructure } from '../population/types.ts';

/** User federation of the realm in `sub`: stable, because products match accounts on what they first saw. */
const FEDERATION = '5f0c3a52-7d7e-4c11-9a3c-6d0d8c2f9b1e';
/** Level seen in real tokens with a CPS card, although `eidas1` was asked (protocols.md §4.2). */
export const ACR_OBTAINED = 'eidas3';
/** Scope of the real token answer. */
export const GRANTED_SCOPE = 'openid profile scope_all identity';

export function subjectOf(professional: TestProfessional): string {
  return `f:${FEDERATION}:${professional.nationalId}`;
}

/** Claims that both tokens carry about the person (protocols.md §4.2). */
export function identityClaims(professional: TestProfessional): Record<string, unknown> {
  return {
    sub: subjectOf(professional),
    acr: ACR_OBTAINED,
    authMode: 'CARD',
    otherIds: [{ identifiant: professional.nationalId, origine: 'RPPS', qualite: 1 }],
    preferred_username: professional.nationalId,
  };
}

/**
 * Userinfo document of a professional, with the names and the nesting of the real one.
 * Source: protocols.md §4.3.
 */
export function userinfoOf(professional: TestProfessional): Record<string, unknown> {
  const { structure } = professional;
  return {
    sub: subjectOf(professional),
    preferred_username: professional.nationalId,
    given_name: professional.firstName,
    family_name: professional.lastName,
    SubjectNameID: professional.nationalId,
    SubjectRole: [`${professional.profession}^1.2.250.1.213.1.1.5.5`],
    SubjectOrganization: structure.name,
    SubjectOrganizationID: structure.id,
    Secteur_Activite: `${structure.sector}^1.2.250.1.71.4.2.4`,
    Mode_Acces_Raison: '',
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
    authMode: 'CARD',
    otherIds: [{ identifiant: professional.nationalId, origine: 'RPPS', qualite: 1 }],
    SubjectRefPro: { codeCivilite: professional.civility, exercices: [exercise(professional)] },
  };
}

function exercise(professional: TestProfessional): Record<string, unknown> {
  return {
    codeProfession: professional.profession,
    codeCategorieProfessionnelle: 'C',
    codeCiviliteDexercice: professional.title,
    nomDexercice: professional.lastName,
    prenomDexercice: professional.firstName,
    codeTypeSavoirFaire: professional.speciality === '' ? '' : 'S',
    codeSavoirFaire: professional.speciality,
    activities: [activity(professional.structure)],
  };
}

function activity(structure: TestStructure): Record<string, string> {
  return {
    codeModeExercice: structure.finess === '' ? 'L' : 'S',
    codeSecteurDactivite: structure.sector,
    codeSectionPharmacien: '',
    codeRole: '',
    codeGenreActivite: '',
    numeroSiretSite: '',
    numeroSirenSite: '',
    numeroFinessSite: structure.finess,
    numeroFinessetablissementJuridique: '',
    identifiantTechniqueDeLaStructure: structure.finess === '' ? structure.id : `F${structure.finess}`,
    raisonSocialeSite: structure.name,
    enseigneCommercialeSite: '',
    complementDestinataire: '',
    complementPointGeographique: '',
    numeroVoie: '',
    indiceRepetitionVoie: '',
    codeTypeDeVoie: '',
    libelleVoie: '',
    mentionDistribution: '',
    bureauCedex: '',
    codePostal: structure.postalCode,
    codeCommune: '',
    codePays: '',
    telephone: '',
    telephone2: '',
    telecopie: '',
    adresseEMail: '',
    codeDepartement: '',
    ancienIdentifiantDeLaStructure: structure.id,
    autoriteDenregistrement: '',
  };
}

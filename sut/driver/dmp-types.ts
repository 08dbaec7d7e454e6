/** The shared record (DMP) as the product shows it, in the words of the port; described in `sut/http/openapi.json`. */

/** What TD0.2 told about the record itself. `inconnu` while nothing was asked. */
export type DmpExistence = 'actif' | 'inexistant' | 'ferme' | 'inconnu';

/** What TD0.2 told about the authorisation of the user. `inconnue` while nothing was asked. */
export type DmpAccess = 'valide' | 'inexistante' | 'expiree' | 'bloquee' | 'inconnue';

/** The patient's choice about the consultation of the record (SC.DMP/CONF.06, UX.06). */
export type DmpConsent = 'non-recueilli' | 'accord' | 'opposition';

/** Who must not see a document in the record; what is absent is not asked for. */
export interface Confidentiality {
  /** `MASQUE_PS`. */
  readonly hiddenFromProfessionals?: boolean;
  /** `INVISIBLE_PATIENT`. */
  readonly hiddenFromPatient?: boolean;
  /** `INVISIBLE_REPRESENTANTS_LEGAUX`. */
  readonly hiddenFromLegalRepresentatives?: boolean;
  /** Secret connection: said by the VIHF of the feeding, not by the metadata (DOC/va1.21). */
  readonly secretConnection?: boolean;
}

/** `partiel`: other results will follow, and the complete report will replace this one (DMP/va1.15). */
export type ReportStatus = 'complet' | 'partiel';

/** The professional who wrote a report of the past, who may have left the RPPS since (SC.DMP/HISTO.04). */
export interface ReportAuthor {
  readonly lastName: string;
  readonly firstName: string;
  /** PS_IdNat, when it is known. */
  readonly nationalId?: string;
  /** G15 code. */
  readonly profession?: string;
}

/** Who asked for the examinations. */
export interface Prescriber {
  readonly lastName: string;
  readonly firstName: string;
  /** PS_IdNat. */
  readonly nationalId: string;
  /** G15 code. */
  readonly profession?: string;
  /** MSSanté address, that the report carries (DOC/va1.28). */
  readonly mailbox: string;
}

/** A page of the web access TD0.9, in the order of protocols.md §3. */
export type DmpPage =
  /** `TableauDeBord`, without a patient. */
  | 'accueil'
  /** `TableauDeBord/[INS]`. */
  | 'existence'
  | 'dossier'
  | 'gestion'
  | 'documents'
  | 'parcours'
  | 'historique'
  | 'parametrages'
  | 'volontes'
  | 'vaccination';

/** Criteria of a search in the record; dates are `YYYY-MM-DD` in local time, both ends included. */
export interface DmpCriteria {
  readonly createdFrom?: string;
  readonly createdTo?: string;
  /** Date of the act (serviceStartTime). */
  readonly actFrom?: string;
  readonly actTo?: string;
  /** Date on which the document was put in the record: FindSubmissionSets. */
  readonly submittedFrom?: string;
  readonly submittedTo?: string;
  /** `code^^system`, or the code alone. */
  readonly typeCodes?: readonly string[];
  readonly classCodes?: readonly string[];
  readonly practiceSettings?: readonly string[];
  readonly facilityTypes?: readonly string[];
  readonly formatCodes?: readonly string[];
  readonly eventCodes?: readonly string[];
  /** Name or national id of an author. */
  readonly author?: string;
  /** One document, by its uniqueId. */
  readonly uniqueId?: string;
  /** Archived documents too. */
  readonly archived?: boolean;
}

/** A line of the list of documents found in the record. */
export interface DmpFound {
  readonly uniqueId: string;
  readonly title: string;
  readonly typeCode: string;
  readonly author: string;
  readonly structure: string;
  /** As shown: local time, ISO 8601 with offset. */
  readonly date: string;
  readonly status: 'actif' | 'archive' | 'remplace';
  /** Already in the product: fed by it, or integrated before. */
  readonly alreadyHere: boolean;
}

/** An identity that the record holds otherwise than the product does; the product keeps its own. */
export interface DmpDifference {
  readonly field: string;
  readonly here: string;
  readonly inDmp: string;
}

/** A document of this patient that the product put in the record. */
export interface DmpFed {
  readonly reportId: string;
  readonly uniqueId: string;
  readonly kind: 'cda-n3' | 'cda-n1';
  readonly audience?: 'professionnel' | 'patient';
  readonly version: number;
  readonly status: 'actif' | 'remplace' | 'supprime' | 'archive';
  readonly confidentiality: Confidentiality;
  /** ISO 8601. */
  readonly at: string;
}

/** A document taken from the record into the patient's file, with where it came from. */
export interface DmpIntegrated {
  readonly uniqueId: string;
  readonly title: string;
  readonly origin: string;
  readonly at: string;
  readonly user: string;
}

/** What the product knows about one patient's record. */
export interface DmpState {
  readonly patientId: string;
  readonly existence: DmpExistence;
  readonly access: DmpAccess;
  readonly consent: DmpConsent;
  /** Feeding blocked for this patient. */
  readonly blocked: boolean;
  readonly lastCheck?: {
    readonly at: string;
    readonly user: string;
    readonly message: string;
    readonly differences: readonly DmpDifference[];
  };
  readonly fed: readonly DmpFed[];
  readonly integrated: readonly DmpIntegrated[];
}

/** A line of the product's journal about the record. */
export interface DmpTrace {
  readonly at: string;
  readonly user: string;
  readonly patientId?: string;
  /** `TD2.1`, `TD0.2`…, or what was done without a transaction: `consentement`, `blocage`, `difference-identite`. */
  readonly action: string;
  readonly outcome: 'reussite' | 'echec' | 'bloque';
  /** What the user reads: the code and the label of the DMP when it refused. */
  readonly message: string;
  /** National id of the user carried in the VIHF. */
  readonly nationalId?: string;
  readonly documents?: readonly string[];
}

export type DashboardPeriod = 'mois-courant' | 'annee-courante' | 'annee-precedente';

export interface IdentityCounts {
  readonly total: number;
  readonly qualified: number;
  readonly notQualified: number;
}

/** Figures of activity (TBB/va1.03, TBB/va1.05). */
export interface DashboardState {
  readonly period: DashboardPeriod;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly finess?: string;
  readonly rpps?: string;
  /** Reports that reached each channel. */
  readonly reports: {
    readonly dmp: IdentityCounts;
    readonly mssProfessional: IdentityCounts;
    readonly mssPatient: IdentityCounts;
  };
  /** Files with at least one report through the channel, and through the three of them. */
  readonly files: {
    readonly dmp: number;
    readonly mssProfessional: number;
    readonly mssPatient: number;
    readonly allThree: number;
  };
  readonly failures: {
    readonly dmp: number;
    readonly mssProfessional: number;
    readonly mssPatient: number;
  };
  /** The extraction that goes with it, CSV. */
  readonly extraction?: string;
}

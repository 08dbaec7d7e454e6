import type { IdentityDocument, IdentityRole, ReportTexts, SglConfig } from '../model/index.ts';

/** How the laboratory deals with identities; its administrator changes it at any time. */
export interface IdentitySettings {
  /** Documents of high confidence (rule 19 makes them a setting). */
  readonly strongDocuments: readonly IdentityDocument[];
  /** Whether such a document validates an identity by itself; otherwise only the user's own action does (rule 19). */
  readonly automaticValidation: boolean;
  readonly role: IdentityRole;
  /** OID of our identification domain. */
  readonly domain: string;
  /** Domains bound by a contract of trust (rule 30). */
  readonly trustedDomains: readonly string[];
  /** Most documents of the past sent to the DMP in a second. */
  readonly dmpHistoryRate: number;
  /** One report for everybody, or one for professionals and one for the patient. */
  readonly reportVersions: 'unique' | 'professionnelle-et-patient';
  /** Texts of the reports that users set (DOC/va1.05, DOC/va1.18). */
  readonly reportTexts: ReportTexts;
  /** Whether the patients are taken care of here; the exception of rule 30 is for those who do not. */
  readonly directCare: boolean;
  /** Reports leave by secure mail at validation, or when a person chooses so. */
  readonly mailSending: 'automatique' | 'manuel';
  /** Addresses that recipients answer to, when they are not that of the sending mailbox (MSS/va1.18). */
  readonly mailReplyTo: { readonly professionals?: string; readonly patients?: string };
  /** Whether patients may answer the mails sent to them (SC.MSS/CONF.21). */
  readonly patientReplies: boolean;
  /** Mailbox that reports leave from (MSS/va1.09). */
  readonly mailSender: 'organisationnelle' | 'applicative';
  /** Reports leave from here for the DMP and secure mail, or as messages for the hospital, which does both (DOC/va1.20). */
  readonly reportRoute: 'directe' | 'hl7-oru' | 'hl7-oul' | 'hl7-mdm';
  /** Hours between two automatic loads of the directory (ANN/va1.04). */
  readonly directoryEveryHours: number;
}

export const STRONG_DOCUMENTS: readonly IdentityDocument[] = ['carte-identite', 'passeport', 'titre-sejour'];

export interface SettingsBook {
  current(): IdentitySettings;
  /** What is absent is left as it is. */
  adjust(changes: Partial<IdentitySettings>): IdentitySettings;
}

/** The settings of the configuration file, until the administrator changes them. */
export function createSettings(config: SglConfig): SettingsBook {
  let settings: IdentitySettings = {
    strongDocuments: config.strongDocuments ?? STRONG_DOCUMENTS,
    automaticValidation: true,
    role: 'referentiel',
    domain: config.identityDomain ?? `${config.oidRoot}.5`,
    trustedDomains: [],
    directCare: true,
    dmpHistoryRate: 4,
    reportVersions: 'unique',
    reportTexts: {},
    mailSending: 'automatique',
    mailReplyTo: {},
    patientReplies: false,
    mailSender: 'organisationnelle',
    reportRoute: 'directe',
    directoryEveryHours: 24,
  };
  return {
    current: () => settings,
    adjust: (changes) => (settings = { ...settings, ...changes }),
  };
}

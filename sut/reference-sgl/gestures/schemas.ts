/** Inputs of the gestures, as JSON schemas. Texts are bounded: nothing of a laboratory is longer. */
const line = { type: 'string', minLength: 1, maxLength: 200 } as const;
const flag = { type: 'boolean' } as const;
const date = { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` } as const;
const oid = { type: 'string', pattern: String.raw`^[0-2](\.(0|[1-9]\d*))+$`, maxLength: 200 } as const;
const matricule = { type: 'string', pattern: String.raw`^[0-9]{6}[0-9A-Za-z][0-9]{8}$` } as const;

function input(required: Record<string, object>, optional: Record<string, object> = {}): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

export const IDENTITY_DOCUMENTS = ['carte-identite', 'passeport', 'titre-sejour', 'carte-vitale', 'aucun'] as const;
const document = { enum: IDENTITY_DOCUMENTS } as const;
const authentication = { enum: ['cpx', 'organisation', 'psc'] } as const;

/** A field left empty is a field that is missing: the system itself refuses it and names it, not this schema. */
const typed = { type: 'string', maxLength: 200 } as const;
const traits = input(
  {},
  {
    birthName: typed,
    firstNames: { type: 'array', maxItems: 20, items: typed },
    sex: { enum: ['M', 'F', ''] },
    birthDate: { type: 'string', pattern: String.raw`^(\d{4}-\d{2}-\d{2})?$` },
    birthPlace: typed,
    usedName: typed,
    usedFirstName: typed,
  },
);

/** Of a mailbox. */
const address = { type: 'string', maxLength: 254, pattern: String.raw`^[^\s@<>",;:]+@[^\s@<>",;:]+$` } as const;

const addresses = { type: 'array', maxItems: 50, uniqueItems: true, items: address } as const;
/** Subjects and texts are bounded by the mail server besides. */
const prose = { type: 'string', minLength: 1, maxLength: 100_000 } as const;
const messageId = { type: 'string', minLength: 3, maxLength: 998 } as const;

const card = input(
  { holder: matricule, birthName: line, birthDate: date, birthRank: { type: 'integer', minimum: 1, maximum: 9 } },
  { bearer: matricule },
);

/** Octets of a file. */
const content = { type: 'string', maxLength: 900_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' } as const;

const analysis = input(
  { code: line, label: line, value: { type: 'number' }, unit: line },
  {
    low: { type: 'number' },
    high: { type: 'number' },
    accredited: flag,
    withoutReview: flag,
    performedBy: input({
      name: line,
      finess: line,
      phone: line,
      biologist: input({ lastName: line, firstName: line, nationalId: line }),
    }),
  },
);

const analyses = { type: 'array', minItems: 1, maxItems: 200, items: analysis } as const;
const instant = String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$`;

const days = { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` } as const;
const lines = { type: 'array', maxItems: 200, items: line } as const;

/** Gestures about the shared record. */
const RECORD_SCHEMAS = {
  replaceReport: input(
    { reportId: line, analyses },
    { title: line, status: { enum: ['complet', 'partiel'] }, user: line },
  ),
  deleteReport: input({ reportId: line }, { reason: line, user: line }),
  blockDmp: input({ patientId: line, on: flag }, { user: line }),
  receiveDocument: input(
    {
      patientId: line,
      title: line,
      typeCode: line,
      mediaType: line,
      base64: { type: 'string', minLength: 4, maxLength: 900_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' },
    },
    { user: line },
  ),
  changeDmpDocument: input(
    {
      reportId: line,
      action: { enum: ['masquer', 'demasquer', 'montrer-au-patient', 'archiver', 'desarchiver'] },
    },
    { user: line },
  ),
  feedHistory: input({ patientId: line, from: days, to: days }, { kinds: lines, reportIds: lines, user: line }),
  openDmpWeb: input(
    {
      page: {
        enum: 'accueil existence dossier gestion documents parcours historique parametrages volontes vaccination'.split(
          ' ',
        ),
      },
    },
    { patientId: line, user: line },
  ),
  recordDmpConsent: input({ patientId: line, choice: { enum: ['accord', 'opposition'] } }, { user: line }),
  searchDmp: input(
    {
      patientId: line,
      criteria: input(
        {},
        {
          createdFrom: days,
          createdTo: days,
          actFrom: days,
          actTo: days,
          submittedFrom: days,
          submittedTo: days,
          typeCodes: lines,
          classCodes: lines,
          practiceSettings: lines,
          facilityTypes: lines,
          formatCodes: lines,
          eventCodes: lines,
          author: line,
          uniqueId: line,
          archived: flag,
        },
      ),
    },
    { user: line },
  ),
  readDmpDocument: input({ patientId: line, uniqueId: line, integrate: flag }, { user: line }),
  checkDmpAccess: input({ patientId: line }, { user: line }),
} as const;

/** Gestures about secure mail and the directory. */
const MAIL_SCHEMAS = {
  sendReport: input({ reportId: line, professionals: addresses, toPatient: flag }, { user: line }),
  sendMail: input(
    { subject: { ...line, maxLength: 500 }, text: prose },
    {
      mailbox: address,
      to: addresses,
      patientId: line,
      html: flag,
      deliveryReceipt: flag,
      readReceipt: flag,
      noReply: flag,
      user: line,
    },
  ),
  replyMail: input({ messageId, text: prose }, { user: line }),
  fetchMail: input({}, { mailbox: address, user: line }),
  openMail: input({ messageId }, { user: line }),
  deleteMail: input({ messageId }, { user: line }),
  recordMailRefusal: input(
    { patientId: line, towards: { enum: ['professionnels', 'patient'] }, on: flag },
    { user: line },
  ),
  addCorrespondent: input(
    { patientId: line, rpps: { type: 'string', pattern: String.raw`^\d{11}$` } },
    { structure: line, user: line },
  ),
  refreshCorrespondent: input({ patientId: line, correspondentId: line }, { user: line }),
} as const;

export const INPUT_SCHEMAS = {
  registerPatient: input({ traits }, { document, deceased: flag, user: line }),
  adjustSettings: {
    ...input(
      {},
      {
        identityRole: { enum: ['referentiel', 'esclave'] },
        trustedDomains: { type: 'array', maxItems: 100, items: oid },
        directCare: flag,
        automaticValidation: flag,
        strongDocuments: { type: 'array', uniqueItems: true, items: document },
        reportTexts: input({}, { privacy: prose, automaticValidation: prose }),
        reportVersions: { enum: ['unique', 'professionnelle-et-patient'] },
        dmpHistoryRate: { type: 'number', exclusiveMinimum: 0, maximum: 1_000 },
        mailSending: { enum: ['automatique', 'manuel'] },
        mailReplyTo: input({}, { professionals: address, patients: address }),
        patientReplies: flag,
        mailSender: { enum: ['organisationnelle', 'applicative'] },
        reportRoute: { enum: ['directe', 'hl7-oru', 'hl7-oul', 'hl7-mdm'] },
        directoryEveryHours: { type: 'number', exclusiveMinimum: 0, maximum: 8_784 },
      },
    ),
    minProperties: 1,
  },
  findPatients: {
    ...input(
      {},
      {
        birthDate: date,
        nameStart: line,
        firstNameStart: line,
        ins: line,
        identifier: input({ value: line, authority: line }),
      },
    ),
    minProperties: 1,
  },
  searchIns: {
    oneOf: [
      input({ patientId: line, mode: { const: 'traits' } }, { authentication, user: line }),
      input({ patientId: line, mode: { const: 'vitale' }, card }, { authentication, user: line }),
    ],
  },
  validateIdentity: input({ patientId: line, document }, { user: line }),
  verifyIns: input(
    {
      patientIds: { type: 'array', minItems: 1, maxItems: 500, items: line },
      mode: { enum: ['unitaire', 'masse'] },
    },
    { authentication, user: line },
  ),
  flagIdentity: input({ patientId: line, flag: { enum: ['douteuse', 'fictive'] }, on: flag }, { user: line }),
  modifyIdentity: input(
    {
      patientId: line,
      changes: { ...traits, minProperties: 1 },
      as: { enum: ['utilisateur', 'super-utilisateur'] },
    },
    { user: line },
  ),
  receiveIdentityFeed: input({}),
  sendHl7Message: input({ patientId: line }, { user: line }),
  createAccount: input({ lastName: typed, firstName: typed, profession: typed }, { email: typed }),
  validateReport: input(
    {
      patientId: line,
      title: line,
      analyses,
      professionals: {
        type: 'array',
        maxItems: 50,
        items: address,
      },
      sendToPatient: flag,
      sendToDmp: flag,
    },
    {
      status: { enum: ['complet', 'partiel'] },
      confidentiality: input(
        {},
        {
          hiddenFromProfessionals: flag,
          hiddenFromPatient: flag,
          hiddenFromLegalRepresentatives: flag,
          secretConnection: flag,
        },
      ),
      date: { type: 'string', pattern: instant },
      author: input({ lastName: line, firstName: line }, { nationalId: line, profession: line }),
      // This system structures the results of a subcontractor: its PDF stays with the request.
      subcontractedReport: input({ fileName: line, base64: content }),
      prescriber: input({ lastName: line, firstName: line, nationalId: line, mailbox: address }, { profession: line }),
      user: line,
    },
  ),
  ...RECORD_SCHEMAS,
  ...MAIL_SCHEMAS,
  login: input({ mode: { const: 'psc' } }),
  logout: input({ user: line }),
  importDirectory: input({}),
  exportLoinc: input({ file: { enum: [1, 2, 3] } }, { user: line }),
  importLoinc: input({ file: { enum: [4, 5, 6] }, fileName: line, base64: content }, { user: line }),
  exportHistory: input({ years: { type: 'integer', minimum: 1, maximum: 20 } }, { user: line }),
  changeLoinc: input(
    { kind: { enum: ['chapter', 'subChapter', 'test', 'analysis'] }, item: line, code: line },
    { label: line, user: line },
  ),
  searchMailbox: {
    ...input({}, { rpps: { type: 'string', pattern: String.raw`^8?\d{11}$` }, name: line }),
    minProperties: 1,
  },
  readState: {
    oneOf: [
      input({ what: { const: 'patient' }, patientId: line }, { user: line }),
      input({ what: { const: 'insi-calls' } }, { patientId: line }),
      input({ what: { const: 'identity-traces' }, patientId: line }),
      input({ what: { const: 'worklist' } }),
      input({ what: { const: 'accounts' } }),
      input({ what: { const: 'transmissions' }, reportId: line }),
      input({ what: { const: 'sessions' } }),
      input({ what: { enum: ['mails', 'mail-traces'] } }, { mailbox: address }),
      input({ what: { const: 'correspondents' }, patientId: line }),
      input({ what: { const: 'directory' } }),
      input({ what: { const: 'loinc-catalogue' } }),
      input({ what: { const: 'dmp' }, patientId: line }),
      input({ what: { const: 'dmp-traces' } }, { patientId: line }),
      input(
        {
          what: { const: 'dashboard' },
          period: { enum: ['mois-courant', 'annee-courante', 'annee-precedente'] },
        },
        { finess: line, rpps: { type: 'string', pattern: String.raw`^\d{11}$` } },
      ),
    ],
  },
} as const;

export type GestureName = keyof typeof INPUT_SCHEMAS;

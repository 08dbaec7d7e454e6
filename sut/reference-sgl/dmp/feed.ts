import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/index.ts';
import { patientCx } from '../xds/index.ts';
import { readSubmissionAnswer, type Verdict } from './answers.ts';
import { attempt, callDmp, type DmpContext, type Refused } from './call.ts';
import { readSigner } from './credentials.ts';
import { queryDmp } from './search.ts';
import { submission } from './submission.ts';

export interface DmpAnswer {
  /** `en-attente`: the cause may pass, the same documents may be sent again as they are. */
  state: 'transmis' | 'refuse' | 'en-attente';
  /** French sentence, with the error code and the text of the service. */
  detail: string;
  /** uniqueId of the documents that the DMP registered during this call; leave them out of the next attempt. */
  references: string[];
}

const NOT_QUALIFIED = "L'identité du patient n'est pas qualifiée : aucun échange avec le DMP.";

const LEVEL: Readonly<Record<BuiltDocument['kind'], string>> = {
  'cda-n3': 'CDA niveau 3',
  'cda-n1': 'CDA niveau 1',
  pdf: 'PDF',
};

/**
 * TD2.1: feeds the DMP, one submission set per document, N3 before N1; stops at the first that is not registered. A
 * document that takes the place of another one first asks the registry which entry is in force (GetDocuments).
 *
 * @param documents CDA documents; a PDF among them is not for the DMP and is left aside
 * @param again the same documents were sent before and nothing was heard: one that is already there arrived then
 */
export async function feedDmp(
  report: Report,
  documents: BuiltDocument[],
  config: SglConfig,
  faults: ReadonlySet<string>,
  again = false,
): Promise<DmpAnswer> {
  if (shareableIns(report.patient) === undefined) return { state: 'refuse', detail: NOT_QUALIFIED, references: [] };
  const { biologist, operator = biologist, patient } = report;
  const secret = report.confidentiality?.secretConnection === true;
  const context: DmpContext = { author: operator, patient: patientCx(patient, config), config, faults, secret };
  const references: string[] = [];
  const warnings = new Set<string>();
  for (const document of inFeedingOrder(documents)) {
    const verdict = await feedOne(report, document, context);
    const there = again && verdict.outcome === 'refused' && verdict.codes.includes('XDSDuplicateUniqueIdInRegistry');
    if (verdict.outcome === 'refused' && !there) {
      const detail = `${LEVEL[document.kind]} : ${verdict.detail}`;
      return { state: verdict.transient ? 'en-attente' : 'refuse', detail, references };
    }
    references.push(document.id);
    if (verdict.outcome === 'accepted' && verdict.warning !== undefined) warnings.add(verdict.warning);
    if (faults.has('dmp-envoie-deux-fois') && isOfToday(report)) await feedOne(report, document, context);
  }
  const detail = [`${references.length} document(s) enregistré(s) dans le DMP.`, ...warnings].join(' ');
  return { state: 'transmis', detail, references };
}

/** What is taken up from the past keeps its pace: how fast it goes would then be a matter of chance. */
function isOfToday({ validatedAt }: Report): boolean {
  return Date.now() - validatedAt.getTime() < 86_400_000;
}

async function feedOne(report: Report, document: BuiltDocument, context: DmpContext): Promise<Verdict> {
  const { config, faults } = context;
  const former = faults.has('dmp-remplace-autre-fiche') ? neighbour(document, report) : document.replaces;
  const replaced = former === undefined ? undefined : await inForce(former, context);
  if (replaced !== undefined && typeof replaced !== 'string') return replaced;
  const target = faults.has('dmp-remplace-par-uniqueid') && document.replaces ? document.replaces : replaced;
  const linked = faults.has('dmp-remplace-sans-rplc') ? undefined : target;
  return await attempt(async () => {
    const at = new Date();
    const signer = await readSigner(faults.has('xds-signature-par-tls') ? config.dmp : config.dmp.sign);
    const request = submission(report, document, linked, config, signer, at, faults);
    return readSubmissionAnswer(await callDmp(request, context, at), faults);
  });
}

/** What another document of the report replaces: only for a fault. */
function neighbour(document: BuiltDocument, { replaces = {} }: Report): string | undefined {
  return Object.values(replaces).find((id) => document.replaces !== undefined && id !== document.replaces);
}

/** entryUUID of the version in force of a document, as the registry knows it. */
async function inForce(uniqueId: string, context: DmpContext): Promise<string | Refused> {
  const found = await queryDmp('getDocuments', [['$XDSDocumentEntryUniqueId', [uniqueId]]], context);
  if (found.outcome === 'refused') return found;
  const entry = found.entries.find(({ status }) => status === 'Approved') ?? found.entries[0];
  if (entry) return entry.entryUuid;
  const detail = `Le document ${uniqueId} à remplacer n'est pas dans le DMP.`;
  return { outcome: 'refused', detail, transient: false, codes: ['XDSReplaceFailed'] };
}

function inFeedingOrder(documents: readonly BuiltDocument[]): readonly BuiltDocument[] {
  const order = ['cda-n3', 'cda-n1'] as const;
  return order.flatMap((kind) => documents.filter((document) => document.kind === kind));
}

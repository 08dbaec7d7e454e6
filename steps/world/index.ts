export { judgeCda, readCdaFindings } from './cda.ts';
export { keptBy } from './kept.ts';
export type { DocumentReferences } from './references.ts';
export { ACTOR, actedBy, authorOf, OTHER_ACTOR } from './acted.ts';
export { setSuiteBench, suiteBench, type SuiteBench } from './bench.ts';
export {
  awaitFeedings,
  captureDmpCalls,
  captureDmpDocuments,
  dmpCalls,
  dmpDocuments,
  dmpIdsOf,
  isAccepted,
} from './dmp-calls.ts';
export { asksForLoad, captureDirectoryCalls, directoryCalls, judgeImport, judgeSearch, ownCalls } from './directory.ts';
export { refusalsOf, type Refusal, unsaid } from './dmp-refusals.ts';
export { nonConform, ScenarioFailure, unverifiable } from './failures.ts';
export { guideHere } from './guided.ts';
export {
  awaitInsiCall,
  captureCalls,
  codeOf,
  insiAnswer,
  insiExchanges,
  insiOperations,
  isWrongCertificate,
  seenCall,
} from './insi-calls.ts';
export {
  askDelivery,
  closeDelivery,
  hospitalMessages,
  judgeDelivery,
  judgeMessages,
  keepMessages,
  wasTakenByHospital,
} from './hospital.ts';
export { Kept } from './kept.ts';
export type { Attempted } from './asking-world.ts';
export { captureHl7, captureHttp } from './captures.ts';
export {
  ALL_MAIL_RULES,
  awaitMail,
  awaitMails,
  captureMail,
  judgeMail,
  laboratoryMailbox,
  mailboxOfKind,
  patientAddress,
  sentMails,
  submissions,
  submittingSessions,
  takenMails,
  wasTaken,
} from './mails.ts';
export { ScenarioWorld } from './scenario-world.ts';
export {
  awaitEmitted,
  isOurs,
  checkEmitted,
  checkTransmittedVerification,
  emittedMessages,
  feedOf,
  isVerification,
  ORU,
  receivedIdentity,
  sendFeed,
  verificationsOf,
} from './partner-feed.ts';
export { Watches } from './watches.ts';
export { readTags, type ScenarioTags } from './tags.ts';
export { browse, captureWebDocuments, type WebPage } from './web-ps.ts';

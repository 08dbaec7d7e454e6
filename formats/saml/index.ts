export type { AssertionVerification, SamlAssertion, SamlFault } from './types.ts';
export { readAssertion, SAML2, X509_SUBJECT_NAME } from './read.ts';
export { verifyAssertion } from './verify.ts';

export { checkTls, type TlsOptions } from './check.ts';
export { allowedSuites, isAllowedSuite, type CipherProfile } from './ciphers.ts';
export { RULES } from './all-rules.ts';
export { checkOperatorConnection, OPERATOR_RULES, type OperatorConnection, type OperatorFlaw } from './operator.ts';
export { operatorConnections, type SeenOperatorConnection } from './operator-connection.ts';

export type { Addressing, SoapEnvelope, SoapFault, SoapReading } from './types.ts';
export { SOAP_11, SOAP_12, WSA, WSSE } from './namespaces.ts';
export { readSoap } from './read.ts';
export { writeSoap, writeSoapFault, type SoapFaultParts } from './write.ts';

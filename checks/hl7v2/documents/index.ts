export { checkDocuments, DOCUMENT_RULES } from './check.ts';
export { checkDelivery, DELIVERY_RULES, documentsOf, type DeliveryCase } from './delivery.ts';
export { carriesDocuments } from './subject.ts';
export type { AskedDelivery, DocumentOptions } from './types.ts';

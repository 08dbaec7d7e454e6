export { Claims, settleBook, type Conflict, type Settled } from './book.ts';
export { COLUMNS, TEMPLATE_VERSION, type OrderColumn } from './columns.ts';
export { doubtsOf, type Doubting } from './doubts.ts';
export { orderForm, type OrderForm } from './form.ts';
export type { OrderMessage, OrderMessageCode } from './message.ts';
export { readOrderJson, readOrderTables, type OrdersReading, type PlacedColumn, type ReadOrder } from './read.ts';
export type { IdentifierReader, IdentifierKind } from './row-reader.ts';
export type { FoundColumn, SourceTable } from './table.ts';
export { templateCsv, templateJson, templateSheets, type TemplateSheet } from './template.ts';
export type {
  Acceptance,
  Amendment,
  Attachment,
  AttachmentKind,
  Client,
  Invoice,
  Order,
  ReferencingDates,
  SignatureKind,
  Site,
  Vendor,
  VendorProduct,
} from './types.ts';
export { readVendor, vendorTemplate } from './vendor.ts';

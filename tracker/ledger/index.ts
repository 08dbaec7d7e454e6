export { deadlinesOf } from './deadlines.ts';
export { moneyView } from './view.ts';
export type {
  Bucket,
  DeadlineGroup,
  Figures,
  LedgerOrder,
  MoneyView,
  OrderDeadlines,
  OrderMoney,
  Risk,
  RiskCode,
} from './types.ts';

export { bookWindows, type AdvanceEndSource, type BookInput, type ProductWindow } from './book.ts';
export { campaignWindow, type CampaignInput } from './campaign.ts';
export type { Amount, CampaignWindow, OrderWindow, ReferenceBasis, Slip, SlipStep } from './campaign-types.ts';
export { explainWindow, windowSummary } from './explain.ts';
export { forecast, type DayProgress, type Forecast, type ForecastInput, type TooLittleData } from './forecast.ts';
export { FORECAST_METHOD, forecastSentence } from './forecast-words.ts';
export { isComplete, slotHistory, type PastRun } from './history.ts';
export { isUnderRule, judgeWindow, WINDOW_DAYS } from './judge.ts';
export { productOf, type NoProduct } from './match.ts';
export { completeOn, slipBy, slipSentence, stepSentence } from './slip.ts';
export type {
  Explanation,
  ReasonCode,
  WaitingCode,
  WarningCode,
  WindowInput,
  WindowJudgement,
  WindowStatus,
} from './types.ts';
export { counted, frenchDate } from './words.ts';

export { timestampClient, type TimestampSettings } from './client.ts';
export { judgeTimestamp, type JudgedTimestamp, type TimestampJudgement } from './token.ts';

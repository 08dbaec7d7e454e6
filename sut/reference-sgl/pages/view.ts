import type { Context } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Laboratory } from '../app/laboratory.ts';
import type { Session } from '../sessions/index.ts';
import type { Csrf } from './csrf.ts';
import type { PageMemory } from './memory.ts';

/** HTML whose every inserted value is escaped by the `html` tag. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a page is made with. */
export interface PageContext {
  readonly lab: Laboratory;
  readonly csrf: Csrf;
  readonly http: Context;
  readonly session: Session;
  readonly memory: PageMemory;
}

export interface PageContent {
  readonly title: string;
  readonly main: Html;
}

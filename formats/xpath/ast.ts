export type Axis =
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'self'
  | 'parent'
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'following-sibling'
  | 'preceding-sibling'
  | 'following'
  | 'preceding';

/** A name test has its prefix still: what it stands for is known when the expression is compiled. */
export type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string; readonly local: string }
  | { readonly kind: 'node' | 'text' | 'comment' | 'element' | 'attribute' | 'pi' | 'document' };

export interface AxisStep {
  readonly kind: 'axis';
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly Expr[];
}

export interface FilterStep {
  readonly kind: 'filter';
  readonly base: Expr;
  readonly predicates: readonly Expr[];
}

export type Step = AxisStep | FilterStep;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Arithmetic = '+' | '-' | '*' | 'div' | 'idiv' | 'mod';

/** XPath 2.0, the part that official schematrons use. */
export type Expr =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly type: 'integer' | 'decimal' | 'double' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'context' }
  | { readonly kind: 'sequence'; readonly items: readonly Expr[] }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | {
      readonly kind: 'for' | 'some' | 'every';
      readonly bindings: readonly { readonly name: string; readonly in: Expr }[];
      readonly body: Expr;
    }
  | { readonly kind: 'or' | 'and'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'general'; readonly op: Comparison; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'value'; readonly op: Comparison; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'arithmetic'; readonly op: Arithmetic; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'negate'; readonly operand: Expr }
  | { readonly kind: 'range'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'union' | 'intersect' | 'except'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'castable'; readonly operand: Expr; readonly type: string; readonly optional: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  /** `root` is the document node of the context item; without it the first step is taken from the context item. */
  | { readonly kind: 'path'; readonly root: boolean; readonly steps: readonly Step[] };

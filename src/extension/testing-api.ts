import type { Prompts } from './prompts/prompts.ts';
import type { SignoffState } from './state/signoff-state.ts';
import type { Snapshot } from './state/snapshot.ts';
import type { TreeNode } from './views/tree-node.ts';

/** What `activate` returns inside tests, and only there: a way to answer prompts and to see what the views hold. */
export interface TestingApi {
  /** Answers in place of a person until `restore` is called. */
  answerWith(prompts: Prompts): { restore(): void };
  /** The snapshot once nothing is under way. */
  settled(): Promise<Snapshot>;
  onDidChange(listener: (snapshot: Snapshot) => void): { dispose(): void };
  tree(view: 'checklist' | 'runs' | 'approvals'): readonly TreeNode[];
}

interface Parts {
  readonly state: SignoffState;
  readonly prompts: { current: Prompts };
  readonly trees: Readonly<Record<'checklist' | 'runs' | 'approvals', { readonly roots: readonly TreeNode[] }>>;
}

export function testingApi({ state, prompts, trees }: Parts): TestingApi {
  return {
    answerWith: (answers) => {
      const usual = prompts.current;
      prompts.current = answers;
      return {
        restore: () => {
          prompts.current = usual;
        },
      };
    },
    settled: () => state.settled(),
    onDidChange: state.onDidChange,
    tree: (view) => trees[view].roots,
  };
}

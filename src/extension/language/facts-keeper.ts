import { dirname, isAbsolute, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Outcome } from '../../checks/outcome.ts';
import { NO_FACTS, type OutcomeFacts, type PolicyFacts } from '../../policy/language/facts.ts';
import type { PolicyFactsReply } from '../engine/policy-facts.ts';
import type { Engine } from '../engine-client.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import { outcomesOf, type Snapshot } from '../state/snapshot.ts';
import type { LanguageClient } from './language-client.ts';
import { openPolicies } from './policy-files.ts';
import type { LanguageSession } from './session.ts';

interface Parts {
  readonly state: SignoffState;
  readonly engine: Engine;
  readonly client: LanguageClient;
  readonly session: LanguageSession;
}

/**
 * Brings what is known of the world to the policy that it is about: gathered by the engine after each look that brought
 * something new, with the outcomes that the views show. Typing never waits for it.
 */
export class FactsKeeper implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #gathered: { readonly policyFile: string; readonly reply: PolicyFactsReply } | undefined;
  /** The newest answers of the engine. */
  #newest: { readonly policyFile: string; readonly assessed: NonNullable<PolicyFacts['assessed']> } | undefined;
  /** What the facts were gathered for; the same is not asked again. */
  #askedFor: string | undefined;
  #abort = new AbortController();
  #sent = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store.add(parts.state.onDidChange(() => void this.#look()));
    this.#store.add(vscode.workspace.onDidOpenTextDocument(() => void this.#look()));
    this.#store.add(vscode.workspace.onDidSaveTextDocument(() => void this.#look()));
    this.#store.add(parts.session.onDidClose(({ uri }) => this.#sent.delete(uri.toString())));
    void this.#look();
  }

  dispose(): void {
    this.#abort.abort();
    this.#store.dispose();
  }

  async #look(): Promise<void> {
    const { snapshot } = this.#parts.state;
    const { policyFile, activity, trust, assessed } = snapshot;
    const document = openPolicies().find(({ uri }) => uri.scheme === 'file' && uri.fsPath === policyFile);
    if (policyFile === undefined || document === undefined) return;
    // Outcomes need nobody's work: approvals laid over them show at once.
    this.#send(document, snapshot);
    const question = JSON.stringify([policyFile, trust, assessed?.digest, runsOf(snapshot), snapshot.policyProblems]);
    if (activity !== 'idle' || question === this.#askedFor) return;
    this.#askedFor = question;
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const input = { policyFile, run: assessed?.assessment.run.id, trust };
    const reply = await this.#parts.engine.call('policyFacts', input, { signal });
    if (signal.aborted) return;
    if (!reply.ok) {
      this.#askedFor = undefined;
      return;
    }
    this.#gathered = { policyFile, reply: reply.value };
    if (!document.isClosed) this.#send(document, this.#parts.state.snapshot);
  }

  #send(document: vscode.TextDocument, snapshot: Snapshot): void {
    const facts = this.#factsFor(snapshot);
    const uri = document.uri.toString();
    const written = JSON.stringify(facts);
    if (this.#sent.get(uri) === written) return;
    this.#sent.set(uri, written);
    this.#parts.client.setFacts(uri, facts);
    this.#parts.session.renew(document);
  }

  #factsFor(snapshot: Snapshot): PolicyFacts {
    if (this.#gathered === undefined || this.#gathered.policyFile !== snapshot.policyFile) return NO_FACTS;
    const { policyFile, reply } = this.#gathered;
    const { facts, assessed } = reply;
    // Outcomes stand only beside the text that they were read from.
    if (assessed !== undefined && assessed.digest === snapshot.assessed?.digest) {
      const outcomes = outcomesOf(snapshot).map((outcome) => outcomeFacts(outcome, dirname(policyFile)));
      this.#newest = { policyFile, assessed: { policyText: assessed.policyText, outcomes } };
      return { ...facts, assessed: this.#newest.assessed };
    }
    // A mistake that was saved keeps the engine from answering; what it said last still goes with what is asked alike.
    const isBroken = snapshot.policyProblems.some(({ severity }) => severity === 'error');
    return isBroken && this.#newest?.policyFile === policyFile ? { ...facts, assessed: this.#newest.assessed } : facts;
  }
}

function runsOf({ runs }: Snapshot): readonly unknown[] {
  return [runs.length, runs[0]?.id, runs[0]?.status];
}

function outcomeFacts(outcome: Outcome, folder: string): OutcomeFacts {
  const { id, severity, title, status, value, bound, interval, rows, formula, parts, message } = outcome;
  return {
    ...{ id, severity, title, status, value, bound, interval, rows, formula, message },
    ...(parts === undefined ? {} : { parts }),
    // Copies of what is on a server are named as policies name them, and lie at no fixed place.
    evidence: outcome.evidence.flatMap(({ path }) =>
      path.startsWith('run:') ? [] : [isAbsolute(path) ? path : resolve(folder, path)],
    ),
  };
}

import { basename } from 'node:path/posix';
import type { Diagnostic } from '../../policy/language/diagnostics/diagnostic.ts';
import { diagnose } from '../../policy/language/diagnostics.ts';
import { type Known, NOTHING_KNOWN, prepareFacts } from '../../policy/language/known.ts';
import { isGroundForReading, type PolicyDocument, readPolicyDocument } from '../../policy/language/policy-document.ts';
import type { Ask, FromLanguage, ToLanguage } from './language-protocol.ts';
import { questions, type Subject } from './questions.ts';

interface OpenText {
  readonly version: number;
  readonly text: string;
  /** The newest reading before this text from which unchanged parts can be taken. */
  readonly ground: PolicyDocument | undefined;
  document?: PolicyDocument;
  diagnostics?: readonly Diagnostic[];
}

/** What the thread does with what it is told and asked. `soon` lets messages in before it runs its work. */
export class Answering {
  readonly #send: (message: FromLanguage) => void;
  readonly #soon: (work: () => void) => void;
  readonly #texts = new Map<string, OpenText>();
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Map<number, Ask>();
  #scheduled = false;

  constructor(send: (message: FromLanguage) => void, soon: (work: () => void) => void) {
    this.#send = send;
    this.#soon = soon;
  }

  receive(message: ToLanguage): void {
    switch (message.kind) {
      case 'text':
        this.#texts.set(message.uri, {
          version: message.version,
          text: message.text,
          ground: groundOf(this.#texts.get(message.uri)),
        });
        return;
      case 'closed':
        this.#texts.delete(message.uri);
        this.#known.delete(message.uri);
        return;
      case 'facts': {
        this.#known.set(message.uri, prepareFacts(message.facts));
        const open = this.#texts.get(message.uri);
        if (open !== undefined) delete open.diagnostics;
        return;
      }
      case 'drop':
        if (this.#waiting.delete(message.id)) this.#send({ kind: 'superseded', id: message.id });
        return;
      case 'ask':
        this.#waiting.set(message.id, message);
        this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    this.#soon(() => {
      this.#scheduled = false;
      const [next] = this.#waiting.values();
      if (next !== undefined) this.#answer(next);
      this.#schedule();
    });
  }

  #answer(ask: Ask): void {
    const { id, uri, version } = ask;
    this.#waiting.delete(id);
    const open = this.#texts.get(uri);
    if (open?.version !== version) {
      this.#send({ kind: 'superseded', id });
      return;
    }
    try {
      // The client pairs each question with its input; the table cannot say so to the compiler.
      const question = questions[ask.question] as (subject: Subject, input: unknown) => unknown;
      const subject = subjectOf(open, uri, this.#known.get(uri) ?? NOTHING_KNOWN);
      this.#send({ kind: 'answer', id, value: question(subject, ask.input) });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      this.#send({ kind: 'fault', id, message, stack });
    }
  }
}

function groundOf(open: OpenText | undefined): PolicyDocument | undefined {
  const { document, ground } = open ?? {};
  return document !== undefined && isGroundForReading(document) ? document : ground;
}

function subjectOf(open: OpenText, uri: string, known: Known): Subject {
  const documentOf = (): PolicyDocument => {
    open.document ??= readPolicyDocument(open.text, basename(uri), open.ground);
    return open.document;
  };
  return {
    text: open.text,
    known,
    get document() {
      return documentOf();
    },
    get diagnostics() {
      open.diagnostics ??= diagnose(documentOf(), known);
      return open.diagnostics;
    },
  };
}

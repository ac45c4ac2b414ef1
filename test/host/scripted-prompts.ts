// Answers in place of a person. Inside tests VS Code refuses modals, and quick picks would wait for ever.

import type { ReportProgress } from '../../src/base/result.ts';
import type {
  Answer,
  ConfirmRequest,
  Notice,
  PickRequest,
  Prompts,
  SaveRequest,
  TextRequest,
} from '../../src/extension/prompts/prompts.ts';

export interface Script {
  /** Beginnings of the labels to pick, in the order of the questions. Several for a pick of many. */
  readonly picks?: readonly (string | readonly string[])[];
  readonly texts?: readonly string[];
  readonly confirm?: 'agreed' | 'declined';
  /** The button that is pressed in every notification that has it. */
  readonly press?: string;
}

/** Follows a script, and keeps everything that was asked and told. */
export class ScriptedPrompts implements Prompts {
  readonly asked: (PickRequest<unknown> | TextRequest)[] = [];
  readonly confirmed: ConfirmRequest[] = [];
  readonly notices: Notice[] = [];
  readonly #picks: (string | readonly string[])[];
  readonly #texts: string[];
  readonly #confirm: 'agreed' | 'declined';
  readonly #press: string | undefined;

  constructor(script: Script = {}) {
    this.#picks = [...(script.picks ?? [])];
    this.#texts = [...(script.texts ?? [])];
    this.#confirm = script.confirm ?? 'agreed';
    this.#press = script.press;
  }

  async pickOne<Value>(request: PickRequest<Value>): Promise<Answer<Value>> {
    this.asked.push(request);
    const label = this.#picks.shift();
    if (typeof label !== 'string') throw new Error(`No one answer to “${request.placeholder}”.`);
    return { kind: 'given', value: choiceOf(request, label) };
  }

  async pickMany<Value>(request: PickRequest<Value>): Promise<Answer<readonly Value[]>> {
    this.asked.push(request);
    const labels = this.#picks.shift();
    if (labels === undefined || typeof labels === 'string') throw new Error(`No answers to “${request.placeholder}”.`);
    return { kind: 'given', value: labels.map((label) => choiceOf(request, label)) };
  }

  async ask(request: TextRequest): Promise<Answer<string>> {
    this.asked.push(request);
    const text = this.#texts.shift();
    if (text === undefined) throw new Error(`No answer to “${request.prompt}”.`);
    const complaint = request.check?.(text);
    if (complaint !== undefined) throw new Error(`“${text}” is no answer to “${request.prompt}”: ${complaint}`);
    return { kind: 'given', value: text };
  }

  async saveAs({ path }: SaveRequest): Promise<Answer<string>> {
    return { kind: 'given', value: path };
  }

  async confirm(request: ConfirmRequest): Promise<'agreed' | 'declined'> {
    this.confirmed.push(request);
    return this.#confirm;
  }

  async notify(notice: Notice): Promise<string | undefined> {
    this.notices.push(notice);
    return notice.actions?.find((action) => action === this.#press);
  }

  async withProgress<Value>(
    _title: string,
    work: (report: ReportProgress, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    return work(() => {}, new AbortController().signal);
  }
}

function choiceOf<Value>(request: PickRequest<Value>, label: string): Value {
  const choice = request.choices.find((each) => each.label.startsWith(label));
  if (choice?.refusal !== undefined) throw new Error(choice.refusal);
  if (choice !== undefined) return choice.value;
  throw new Error(`“${label}” is not among ${request.choices.map((each) => each.label).join(', ')}.`);
}

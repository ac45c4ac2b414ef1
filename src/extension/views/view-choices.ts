import { OUTCOME_STATUSES, type OutcomeStatus } from '../../checks/outcome.ts';
import { Listeners } from '../listeners.ts';
import { EVERY_RUN, RUN_ORDERS, type RunsChoice } from './arrange-runs.ts';

/** How a person wants the views: kept between sessions, and never a part of what is checked or signed. */
export interface ViewChoice {
  /** The statuses that the checklist shows; undefined for all. */
  readonly statuses: readonly OutcomeStatus[] | undefined;
  readonly runs: RunsChoice;
}

export interface ChoiceStore {
  get(): unknown;
  set(choice: ViewChoice): void;
}

const USUAL: ViewChoice = { statuses: undefined, runs: EVERY_RUN };

export class ViewChoices {
  readonly #store: ChoiceStore;
  readonly #listeners = new Listeners<ViewChoice>();
  #current: ViewChoice;

  constructor(store: ChoiceStore) {
    this.#store = store;
    this.#current = readChoice(store.get());
  }

  get current(): ViewChoice {
    return this.#current;
  }

  readonly onDidChange = this.#listeners.add;

  choose(changes: Partial<ViewChoice>): void {
    this.#current = { ...this.#current, ...changes };
    this.#store.set(this.#current);
    this.#listeners.tell(this.#current);
  }
}

/** What an older version stored, or anybody else, is taken as far as it is understood. */
export function readChoice(stored: unknown): ViewChoice {
  const { statuses, runs } = objectOf(stored);
  const { words, order } = objectOf(runs);
  const known = Array.isArray(statuses) ? OUTCOME_STATUSES.filter((status) => statuses.includes(status)) : [];
  return {
    statuses: known.length === 0 ? USUAL.statuses : known,
    runs: {
      words: typeof words === 'string' ? words : EVERY_RUN.words,
      order: RUN_ORDERS.find((each) => each === order) ?? EVERY_RUN.order,
    },
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

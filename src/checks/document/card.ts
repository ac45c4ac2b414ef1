import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseLenientJson,
} from '../../base/lenient-json.ts';
import { type PlainYaml, parsePlainYaml } from '../../base/plain-yaml.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { isWritten, plainTitle, readMarkdown, sameTitle, saysSomething } from '../../evidence/document.ts';
import {
  type CardNumber,
  numbersOfEvalResults,
  numbersOfGoogleCard,
  numbersOfModelIndex,
} from '../../evidence/model-card.ts';
import { contentOfSageMakerCard, numbersOfSageMakerCard } from '../../evidence/sagemaker-card.ts';

/** What a check can ask of a document, whatever it is written in. Problems continue "the document …". */
export interface Card {
  /** The section is there and somebody wrote something in it; or why not, in words that continue "the document". */
  sectionComplaint(title: string): string | undefined;
  /** The keys of the front matter, or the top keys of a JSON card. */
  properties(): Result<JsonObject>;
  /** The numbers that it states, in a form that is known; none is a problem. */
  numbers(model: string): Result<readonly CardNumber[]>;
}

/** Reads a document by how its name ends: JSON (Google's and SageMaker's model cards), YAML (Hugging Face's results), else Markdown. */
export function readCard(path: string, content: string): Card {
  if (/\.json$/i.test(path)) return jsonCard(parseLenientJson(content));
  return /\.ya?ml$/i.test(path) ? yamlCard(parsePlainYaml(content)) : markdownCard(content);
}

const DEEPEST_SECTION = 3;

function markdownCard(content: string): Card {
  const { sections, frontMatter } = readMarkdown(content);
  const byTitle = Map.groupBy(sections, ({ title }) => plainTitle(title));
  const yaml = frontMatter === undefined ? undefined : parsePlainYaml(frontMatter);
  const parsed = (): Result<PlainYaml> => {
    if (yaml === undefined) return fail('no-front-matter', 'has no front matter');
    return yaml.ok ? yaml : fail(yaml.problem.code, `has a front matter that ${yaml.problem.message}`);
  };
  return {
    sectionComplaint(title) {
      const found = byTitle.get(plainTitle(title)) ?? [];
      return complaintOf(title, found.length, found.some(isWritten));
    },
    properties: () => propertiesOf(parsed()),
    numbers(model) {
      const front = parsed();
      if (!front.ok) return front;
      return some(numbersOfModelIndex(front.value, model), 'has no `model-index` in its front matter');
    },
  };
}

function yamlCard(yaml: Result<PlainYaml>): Card {
  return {
    sectionComplaint: (title) => complaintOf(title, 0, false),
    properties: () => propertiesOf(yaml),
    numbers: () => (yaml.ok ? some(numbersOfEvalResults(yaml.value), 'is not a list of evaluation results') : yaml),
  };
}

function jsonCard(whole: Result<JsonValue>): Card {
  const sageMaker = whole.ok ? contentOfSageMakerCard(whole.value) : undefined;
  const document = sageMaker === undefined ? whole : succeed(sageMaker);
  return {
    sectionComplaint(title) {
      if (!document.ok) return document.problem.message;
      const found = valuesAt(document.value, title, DEEPEST_SECTION);
      return complaintOf(title, found.length, found.some(isFilled));
    },
    properties() {
      if (!document.ok) return document;
      return isJsonObject(document.value) ? succeed(document.value) : fail('card-shape', 'is not a JSON object');
    },
    numbers() {
      if (!document.ok) return document;
      if (sageMaker !== undefined) return some(numbersOfSageMakerCard(sageMaker), 'has no number');
      return some(numbersOfGoogleCard(document.value), 'has no `quantitative_analysis`');
    },
  };
}

/** Whether a value is there and says something. */
export function isFilled(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return saysSomething(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean') return true;
  if (isJsonArray(value)) return value.some(isFilled);
  return isJsonObject(value) && [...value.values()].some(isFilled);
}

function complaintOf(title: string, found: number, isWrittenIn: boolean): string | undefined {
  if (isWrittenIn) return undefined;
  return found > 0 ? `leaves “${title}” empty or at its template text` : `has no section “${title}”`;
}

function propertiesOf(yaml: Result<PlainYaml>): Result<JsonObject> {
  if (!yaml.ok) return yaml;
  return isJsonObject(yaml.value.value)
    ? succeed(yaml.value.value)
    : fail('card-shape', 'has no keys in its front matter');
}

function some(numbers: readonly CardNumber[] | undefined, otherwise: string): Result<readonly CardNumber[]> {
  if (numbers === undefined) return fail('no-numbers', `${otherwise}, so that there are no numbers to compare`);
  return numbers.length > 0 ? succeed(numbers) : fail('no-numbers', 'states no number');
}

/** The values of every key with this title (`intended_use` is “Intended use”), down to some depth. */
function valuesAt(value: JsonValue, title: string, depth: number): JsonValue[] {
  if (!isJsonObject(value) || depth === 0) return [];
  return [...value].flatMap(([key, below]) => [
    ...(sameTitle(key.replaceAll('_', ' '), title.replaceAll('_', ' ')) ? [below] : []),
    ...valuesAt(below, title, depth - 1),
  ]);
}

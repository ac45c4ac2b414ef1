import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonNumber,
  jsonText,
  parseLenientJson,
} from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { contradiction, notThisFormat } from '../reports/tool-report.ts';
import { recountAif360 } from './aif360-counts.ts';
import type { StatedNumber, StatedNumbers } from './stated-number.ts';

const MOST_METRICS = 1000;
const NEARLY = 1e-9;
/** The number stands at the message's end; `consistency` is written as an array of one. */
const NUMBER_AT_END = /: \[?([-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf))\]?$/i;

/**
 * Reads what AIF360's `MetricJSONExplainer` gives: one JSON text for each metric, where the value stands only inside
 * `message`, at its end. A file may hold one, a list, or an object of them, and each may be a JSON text in a JSON text.
 * A metric is called by its title in small letters: `["statistical_parity_difference"]`.
 *
 * Where AIF360 writes the counts that a metric comes from, the metric is counted again, and must agree.
 */
export function readAif360(document: JsonValue): Result<StatedNumbers> {
  const explanations = explanationsOf(document);
  if (explanations === undefined || explanations.length === 0) {
    return notThisFormat('is not what AIF360’s MetricJSONExplainer gives');
  }
  const numbers: StatedNumber[] = [];
  for (const explanation of explanations) {
    const title = jsonText(explanation, 'metric') ?? '';
    const written = NUMBER_AT_END.exec(jsonText(explanation, 'message') ?? '')?.[1];
    const value = jsonNumber(written);
    if (value === undefined) return notThisFormat(`has no number at the end of the message of “${title.slice(0, 60)}”`);
    const counted = recountAif360(title, explanation);
    if (counted.is === 'incomplete') {
      return notThisFormat(`lacks the counts that AIF360 writes beside “${title.slice(0, 60)}”`);
    }
    if (counted.is === 'counted' && !agree(value, counted.value)) {
      return contradiction(`“${title.slice(0, 60)}” is ${written} in its message and ${counted.value} by its counts`);
    }
    numbers.push({ path: [title.toLowerCase().replaceAll(' ', '_')], value });
  }
  return succeed({ tool: 'AIF360', numbers });
}

/** An undefined value has undefined counts (nothing is divided by nothing), and holds no bound anyway. */
function agree(stated: number, counted: number): boolean {
  if (!Number.isFinite(stated)) return true;
  if (!Number.isFinite(counted)) return false;
  return Math.abs(stated - counted) <= NEARLY * Math.max(1, Math.abs(stated), Math.abs(counted));
}

function explanationsOf(document: JsonValue): readonly JsonObject[] | undefined {
  const one = explanationOf(document);
  if (one !== undefined) return [one];
  const plain = unwrapped(document);
  const several = isJsonArray(plain) ? plain : isJsonObject(plain) ? [...plain.values()] : [];
  if (several.length > MOST_METRICS) return undefined;
  const all = several.map(explanationOf);
  return all.every((each) => each !== undefined) ? all : undefined;
}

function explanationOf(value: JsonValue): JsonObject | undefined {
  const plain = unwrapped(value);
  const isExplanation = isJsonObject(plain) && plain.has('metric') && plain.has('message') && plain.has('ideal');
  return isExplanation ? plain : undefined;
}

function unwrapped(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  const inside = parseLenientJson(value);
  return inside.ok ? inside.value : value;
}

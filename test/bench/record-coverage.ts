// node test/bench/record-coverage.ts [draws] [method …]: simulates every method that isn't recorded with as many draws,
// and writes test/bench/coverage.json. A method may be that of one scenario. Takes some hours of one core.
import { readFileSync, writeFileSync } from 'node:fs';
import { BOOTSTRAPS } from './coverage/bootstraps.ts';
import { CLOSED_FORMS } from './coverage/closed-forms.ts';
import { DRIFT } from './coverage/drift.ts';
import { FAIRNESS } from './coverage/fairness.ts';
import { GROUP_SPREADS } from './coverage/group-spreads.ts';
import { ROW_METRICS } from './coverage/row-metrics.ts';
import { ROW_PAIRS } from './coverage/row-pairs.ts';
import type { Scenario } from './coverage/scenario.ts';
import { type Cell, simulate } from './coverage/simulate.ts';

const FILE = new URL('coverage.json', import.meta.url);
const DRAWS = 10_000;

interface RecordedScenario {
  readonly method: string;
  readonly scenario: string;
  readonly cells: readonly Cell[];
}

const [draws = String(DRAWS), ...wanted] = process.argv.slice(2);
const ALL = [...CLOSED_FORMS, ...FAIRNESS, ...BOOTSTRAPS, ...GROUP_SPREADS, ...ROW_METRICS, ...ROW_PAIRS, ...DRIFT];
for (const { method, scenarios } of ALL) {
  for (const scenario of scenarios) {
    if (wanted.length > 0 && !wanted.includes(method) && !wanted.includes(scenario.name)) continue;
    if (isRecorded(scenario)) continue;
    const start = performance.now();
    const cells = scenario.sizes.flatMap((size) =>
      scenario.truths.map((truth) => simulate(scenario, truth, size, drawsOf(scenario, size))),
    );
    console.error(`${scenario.name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
    const recorded = { method, scenario: scenario.name, cells };
    write([...readRecorded().filter((each) => each.scenario !== scenario.name), recorded]);
  }
}

function isRecorded(scenario: Scenario): boolean {
  const found = readRecorded().find((each) => each.scenario === scenario.name);
  return found?.cells.every((cell) => cell.draws === drawsOf(scenario, cell.size)) ?? false;
}

function drawsOf(scenario: Scenario, size: number): number {
  return Math.min(Number(draws), scenario.drawsFor?.(size) ?? DRAWS);
}

function readRecorded(): RecordedScenario[] {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as RecordedScenario[];
  } catch {
    return [];
  }
}

/** One cell a line, so that changes read well. */
function write(scenarios: readonly RecordedScenario[]): void {
  const known = scenarios.toSorted((a, b) => (a.scenario < b.scenario ? -1 : 1));
  const lines = known.map(({ method, scenario, cells }) => {
    const rows = cells.map((cell) => `      ${JSON.stringify(cell)}`).join(',\n');
    return `  {\n    "method": ${JSON.stringify(method)},\n    "scenario": ${JSON.stringify(scenario)},\n    "cells": [\n${rows}\n    ]\n  }`;
  });
  writeFileSync(FILE, `[\n${lines.join(',\n')}\n]\n`);
}

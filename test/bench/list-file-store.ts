import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const EXPERIMENT = '836328817085470222';
const FIRST_START = 1_700_000_000_000;

/** Writes a store as MLflow 3 lays it out: `meta.yaml`, and a file for each metric, param and tag. */
export function writeFileStore(folder: string, runs: number, metrics: number): void {
  writeExperiment(folder, '0', 'Default');
  writeExperiment(folder, EXPERIMENT, 'many runs');
  for (let run = 0; run < runs; run += 1) writeRun(folder, run, metrics);
}

export function runIdOf(run: number): string {
  return `${run}`.padStart(31, '0').replace(/^/, 'f');
}

export function metricFile(folder: string, run: number, metric: number): string {
  return join(folder, EXPERIMENT, runIdOf(run), 'metrics', `metric_${metric}`);
}

function writeExperiment(folder: string, id: string, name: string): void {
  mkdirSync(join(folder, id), { recursive: true });
  const lines = [
    `artifact_location: file://${folder}/${id}`,
    `creation_time: ${FIRST_START}`,
    'effective_trace_archival_retention: null',
    `experiment_id: '${id}'`,
    `last_update_time: ${FIRST_START}`,
    'lifecycle_stage: active',
    `name: ${name}`,
    'trace_location: null',
    'workspace: default',
  ];
  writeFileSync(join(folder, id, 'meta.yaml'), `${lines.join('\n')}\n`);
}

function writeRun(folder: string, run: number, metrics: number): void {
  const id = runIdOf(run);
  const place = join(folder, EXPERIMENT, id);
  for (const part of ['metrics', 'params', 'tags', 'artifacts']) mkdirSync(join(place, part), { recursive: true });
  const start = FIRST_START + run * 1000;
  const lines = [
    `artifact_uri: file://${folder}/${EXPERIMENT}/${id}/artifacts`,
    `end_time: ${start + 500}`,
    "entry_point_name: ''",
    `experiment_id: '${EXPERIMENT}'`,
    'lifecycle_stage: active',
    `run_id: ${id}`,
    `run_name: run-${run}`,
    "source_name: ''",
    'source_type: 4',
    "source_version: ''",
    `start_time: ${start}`,
    'status: 3',
    'tags: []',
    'user_id: ana',
  ];
  writeFileSync(join(place, 'meta.yaml'), `${lines.join('\n')}\n`);
  writeFileSync(join(place, 'tags', 'mlflow.runName'), `run-${run}`);
  for (let metric = 0; metric < metrics; metric += 1) {
    writeFileSync(metricFile(folder, run, metric), `${start + metric} ${(run + metric) / 10_007} 0\n`);
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedDemands, type MlflowThreshold, type MlflowValues } from '../../src/checks/mlflow-threshold.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

interface Case extends MlflowValues {
  readonly threshold: MlflowThreshold;
  readonly failed: readonly string[];
}

test('MLflow’s threshold fields fail exactly where MLflow’s validation does', { skip: withoutPeers }, () => {
  const cases = jsonFromPython('mlflow_threshold.py') as Case[];
  assert.ok(cases.length >= 2000);
  for (const { threshold, failed, ...values } of cases) {
    assert.deepEqual(failedDemands(threshold, values), failed, JSON.stringify({ threshold, ...values }));
  }
});

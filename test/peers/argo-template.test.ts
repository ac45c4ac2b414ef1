import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { writeGate } from '../../src/pipeline/gates/write-gate.ts';
import { gateFrom } from '../unit/pipeline/support/gated-clones.ts';
import { ARGO } from './argo-release.ts';
import { goFile, pathOf, unlessTools } from './gate-tools.ts';
import { closed, readJson } from './openapi.ts';

const schema = goFile(ARGO.module, ARGO.version, 'api/jsonschema/schema.json');

/** What the schema must find, or its silence would mean nothing. */
const SPOILT = [
  ['entrypoint: main', 'entrypoint: 1'],
  ['suspend: {}', 'suspended: {}'],
  ['kind: WorkflowTemplate', 'kinds: WorkflowTemplate'],
] as const;

test('Argo’s own schema allows the gate’s template, and holds every field of it', unlessTools(schema), () => {
  // It lets any field pass that it does not know, where Argo itself would drop it silently.
  const strict = closed(readJson(pathOf(schema))) as object;
  const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile({
    ...strict,
    oneOf: undefined,
    $ref: '#/definitions/io.argoproj.workflow.v1alpha1.WorkflowTemplate',
  });
  for (const place of ['https://example.com/signoff-verify.cjs', undefined]) {
    const gate = gateFrom('', { verifier: { kind: 'file', place, sha256: '0'.repeat(64) } });
    const { text } = writeGate('argo', gate);
    assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
    for (const [right, wrong] of SPOILT) {
      assert.ok(text.includes(right), text);
      assert.ok(!validate(parse(text.replace(right, wrong))), wrong);
    }
  }
});

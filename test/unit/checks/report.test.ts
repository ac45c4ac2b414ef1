import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFormat } from '../../../src/evidence/reports/read-report.ts';
import { readReport } from '../../../src/evidence/reports/read-report.ts';
import { damaged, fixture, fixtureNames } from '../evidence/support/fixtures.ts';
import { outcomeWith } from './support/evidence-case.ts';

async function judged(format: ReportFormat, content: Uint8Array | string) {
  return outcomeWith({ check: 'report', path: 'run:report', format }, { artifacts: { report: content } });
}

/** What real files of real tools come to. */
const REAL: readonly (readonly [ReportFormat, string, string, RegExp])[] = [
  ['great-expectations', 'passed.json', 'pass', /all 2 expectations passed/],
  ['great-expectations', 'passed.describe.json', 'pass', /all 2 expectations passed/],
  [
    'great-expectations',
    'failed.json',
    'fail',
    /1 expectation of 2 failed: “expect_column_values_to_be_between of score”/,
  ],
  ['great-expectations', 'failed.describe.json', 'fail', /1 expectation of 2 failed/],
  [
    'great-expectations',
    'missing-column.json',
    'not_evaluable',
    /1 expectation of 2 could not be evaluated by the tool/,
  ],
  ['great-expectations', 'missing-column.describe.json', 'fail', /failed/],
  ['great-expectations', 'warned.json', 'uncertain', /1 expectation of 2 ended with a warning/],
  ['great-expectations', 'empty.json', 'not_evaluable', /evaluated no expectation/],
  ['great-expectations', 'empty.describe.json', 'not_evaluable', /evaluated no expectation/],
  ['evidently', 'passed.json', 'pass', /Evidently: all 2 tests passed/],
  ['evidently', 'failed.json', 'fail', /1 test of 2 failed/],
  ['evidently', 'warned.json', 'uncertain', /1 test of 2 ended with a warning/],
  ['evidently', 'without-tests.json', 'not_evaluable', /3 metrics and no test/],
  ['evidently', 'dumps.json', 'not_evaluable', /save_json/],
  ['deepchecks', 'passed.json', 'pass', /all 2 conditions passed/],
  ['deepchecks', 'failed.json', 'fail', /1 condition of 2 failed/],
  ['deepchecks', 'warned.json', 'uncertain', /warning/],
  ['deepchecks', 'without-conditions.json', 'not_evaluable', /2 checks and no condition/],
  ['deepchecks', 'partly-without-conditions.json', 'pass', /1 check has no condition and decided nothing/],
  ['deepchecks', 'condition-error.json', 'not_evaluable', /could not be evaluated/],
  ['deepchecks', 'check-failure.json', 'not_evaluable', /could not be evaluated/],
  ['giskard', 'passed.json', 'pass', /Giskard: all 2 tests passed/],
  ['giskard', 'failed.json', 'fail', /1 test of 2 failed: “Accuracy”/],
  ['giskard', 'scan-nothing-found.json', 'pass', /no detector of the scan found an issue/],
  ['junit', 'passed.xml', 'pass', /JUnit: the one test passed/],
  ['junit', 'failed.xml', 'fail', /2 tests of 5 failed.*besides, 2 skipped/],
  ['junit', 'skipped.xml', 'uncertain', /1 test of 2 did not run/],
  ['junit', 'no-tests.xml', 'not_evaluable', /lists no test/],
  ['sarif', 'passed.sarif', 'pass', /Bandit: no finding that is an error or a warning/],
  ['sarif', 'failed.sarif', 'fail', /1 finding of 1 failed/],
  ['sarif', 'warned.sarif', 'uncertain', /warning/],
];

for (const [format, name, status, message] of REAL) {
  test(`${format}: ${name} is ${status}`, async () => {
    const outcome = await judged(format, fixture(`reports/${format}/${name}`));
    assert.equal(outcome.status, status, outcome.message);
    assert.match(outcome.message, message);
    assert.equal(outcome.formula, `report/${format}`);
    assert.equal(outcome.evidence.length, 1);
  });
}

const EVIDENTLY_BEFORE: readonly (readonly [string, string])[] = [
  ['passed.json', 'pass'],
  ['failed.json', 'fail'],
  ['warned.json', 'uncertain'],
  ['missing-column.json', 'not_evaluable'],
  ['without-tests.json', 'not_evaluable'],
];

for (const [name, status] of EVIDENTLY_BEFORE) {
  test(`evidently before 0.7: ${name} is ${status}`, async () => {
    assert.equal((await judged('evidently', fixture(`reports/evidently-0.4/${name}`))).status, status);
  });
}

test('Giskard’s real scan: a major issue fails', async () => {
  const scan = JSON.parse(Buffer.from(fixture('reports/giskard/scan.json')).toString()) as Record<string, object>;
  const major = Object.values(scan).some((detector) => 'major' in detector);
  const outcome = await judged('giskard', fixture('reports/giskard/scan.json'));
  assert.equal(outcome.status, major ? 'fail' : 'uncertain');
});

/** What nobody's tool should write, and what must never pass. */
const NOT_PASSED: readonly (readonly [ReportFormat, string, string, RegExp])[] = [
  [
    'great-expectations',
    '{"success": true, "results": [], "statistics": {"evaluated_expectations": 3}}',
    'not_evaluable',
    /contradicts itself/,
  ],
  [
    'great-expectations',
    '{"success": true, "results": [{"success": false}], "statistics": {"evaluated_expectations": 1}}',
    'not_evaluable',
    /calls itself a success/,
  ],
  [
    'great-expectations',
    '{"success": false, "results": [{"success": true}], "statistics": {"evaluated_expectations": 1}}',
    'not_evaluable',
    /does not call itself a success/,
  ],
  [
    'great-expectations',
    '{"success": true, "results": [{"success": "true"}], "statistics": {"evaluated_expectations": 1}}',
    'not_evaluable',
    /does not say whether it succeeded/,
  ],
  ['great-expectations', '{"success": true, "results": [{"success": true}]}', 'not_evaluable', /how many expectations/],
  ['great-expectations', '{"success": true}', 'not_evaluable', /is not what Great Expectations writes/],
  ['great-expectations', '{"success": true, "validation_results": []}', 'not_evaluable', /evaluated no expectation/],
  [
    'evidently',
    '{"tests": [{"name": "a", "status": "SUCCESS"}], "summary": {"total_tests": 2}}',
    'not_evaluable',
    /speaks of 2 tests, and it lists 1/,
  ],
  [
    'evidently',
    '{"tests": [{"name": "a", "status": "SUCCESS"}], "summary": {"by_status": {"FAIL": 1}}}',
    'not_evaluable',
    /counts other results/,
  ],
  ['evidently', '{"tests": [{"name": "a", "status": "OK"}]}', 'not_evaluable', /status that is known/],
  ['evidently', '{"tests": [{"name": "a", "status": "SKIPPED"}]}', 'uncertain', /did not run/],
  [
    'evidently',
    '{"tests": [{"name": "a", "status": "SUCCESS"}, {"name": "b", "status": "ERROR"}, {"name": "c", "status": "FAIL"}]}',
    'fail',
    /1 test of 3 failed: “c”; besides, 1 broken/,
  ],
  ['deepchecks', '{"type": "SuiteResult", "results": []}', 'not_evaluable', /holds no check/],
  ['deepchecks', '{"type": "SuiteResult", "results": [{"type": "Other"}]}', 'not_evaluable', /kind that is not known/],
  [
    'deepchecks',
    '{"type": "CheckResult", "conditions_results": [{"Status": "GOOD"}]}',
    'not_evaluable',
    /status that is known/,
  ],
  ['deepchecks', '{"type": "CheckResult"}', 'not_evaluable', /conditions can’t be found/],
  ['giskard', '{}', 'not_evaluable', /is empty/],
  ['giskard', '{"Accuracy": {"result": "Error"}}', 'not_evaluable', /could not be evaluated/],
  ['giskard', '{"Accuracy": {"result": "maybe"}}', 'not_evaluable', /result that is known/],
  ['giskard', '{"SomeDetector": {"catastrophic": ["x"]}}', 'fail', /failed/],
  ['giskard', '{"SomeDetector": {"minor": ["x"]}}', 'uncertain', /warning/],
  ['giskard', '{"anything": {}}', 'not_evaluable', /is not what Giskard writes/],
  ['junit', '<testsuite tests="3"><testcase name="a"/></testsuite>', 'not_evaluable', /announces 3 tests and lists 1/],
  [
    'junit',
    '<testsuite tests="1" failures="1"><testcase name="a"/></testsuite>',
    'not_evaluable',
    /announces 1 failure and lists none/,
  ],
  ['junit', '<testsuite><testcase name="a"><error/></testcase></testsuite>', 'fail', /failed: “a”/],
  [
    'junit',
    '<testsuites><testsuite><testcase classname="c" name="a"><flakyFailure/></testcase></testsuite></testsuites>',
    'uncertain',
    /“c.a”/,
  ],
  ['junit', '<testsuite><testcase name="a" status="notrun"/></testsuite>', 'uncertain', /did not run/],
  ['junit', '<testsuite><testcase name="a" status="failed"/></testsuite>', 'fail', /failed/],
  ['junit', '<html><testcase name="a"/></html>', 'not_evaluable', /root <html>/],
  [
    'junit',
    '<!DOCTYPE a [<!ENTITY b "c">]><testsuite><testcase name="a"/></testsuite>',
    'not_evaluable',
    /document type/,
  ],
  ['sarif', '{"version": "2.1.0", "runs": []}', 'not_evaluable', /no run of a tool/],
  ['sarif', '{"version": "1.0.0", "runs": []}', 'not_evaluable', /version “1.0.0”/],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}}]}',
    'not_evaluable',
    /was not carried out/,
  ],
  ['sarif', '{"version": "2.1.0", "runs": [{"results": []}]}', 'not_evaluable', /does not name the tool/],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [], "invocations": [{"executionSuccessful": false}]}]}',
    'not_evaluable',
    /its execution failed/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [], "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": [{"level": "error"}]}]}]}',
    'not_evaluable',
    /error of its own/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X", "rules": [{"id": "R", "defaultConfiguration": {"level": "error"}}]}}, "results": [{"ruleId": "R", "message": {"text": "bad"}}]}]}',
    'fail',
    /“R: bad”/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"level": "error", "suppressions": [{"kind": "inSource"}]}]}]}',
    'uncertain',
    /warning/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"level": "error", "suppressions": [{"kind": "inSource"}, {"kind": "external", "status": "rejected"}]}]}]}',
    'fail',
    /1 finding of 1 failed/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"level": "error", "suppressions": [{"kind": "inSource"}, {"kind": "external", "status": "underReview"}]}]}]}',
    'fail',
    /1 finding of 1 failed/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"kind": "review"}]}]}',
    'uncertain',
    /warning/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"kind": "open", "level": "error"}]}]}',
    'uncertain',
    /warning/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"level": "fatal"}]}]}',
    'not_evaluable',
    /kind or level/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [], "externalPropertyFileReferences": {}}]}',
    'not_evaluable',
    /in other files/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X", "rules": [{"id": "R", "defaultConfiguration": {"level": "error"}}, {"id": "R", "defaultConfiguration": {"level": "note"}}]}}, "results": [{"ruleId": "R", "ruleIndex": 0}]}]}',
    'fail',
    /“R”/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X", "rules": [{"id": "R", "defaultConfiguration": {"level": "note"}}]}, "extensions": [{"name": "E", "rules": [{"id": "S"}]}]}, "results": [{"rule": {"index": 0, "toolComponent": {"index": 0}}}]}]}',
    'uncertain',
    /warning/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X", "rules": [{"id": "R", "defaultConfiguration": {"level": "note"}}]}}, "invocations": [{"executionSuccessful": true, "ruleConfigurationOverrides": [{"descriptor": {"index": 0}, "configuration": {"level": "error"}}]}], "results": [{"ruleId": "R", "ruleIndex": 0}]}]}',
    'fail',
    /“R”/,
  ],
  [
    'junit',
    '<testsuite><testcase name="a"/><group><testcase name="b"><failure/></testcase></group></testsuite>',
    'fail',
    /“b”/,
  ],
  ['junit', '<testsuite><testcase name="a"/><testcase name="b"><Failure/></testcase></testsuite>', 'fail', /“b”/],
  [
    'junit',
    '<testsuite xmlns:j="urn:x"><testcase name="a"/><j:testcase name="b"><j:failure/></j:testcase></testsuite>',
    'fail',
    /“b”/,
  ],
  [
    'junit',
    '<testsuites errors=" 2"><testsuite><testcase name="a"/></testsuite></testsuites>',
    'not_evaluable',
    /announces 2/,
  ],
  [
    'junit',
    '<testsuite errors="two"><testcase name="a"/></testsuite>',
    'not_evaluable',
    /number of errors is no number/,
  ],
  [
    'evidently',
    '{"tests": [{"name": "a", "status": "SUCCESS"}], "summary": {"all_passed": false, "total_tests": 1}}',
    'not_evaluable',
    /not all tests passed/,
  ],
  [
    'great-expectations',
    '{"success": true, "validation_results": [{"success": false, "statistics": {"evaluated_expectations": 1}, "expectations": [{"success": true}]}]}',
    'not_evaluable',
    /a validation does not call itself a success/,
  ],
  [
    'great-expectations',
    '{"success": true, "results": [{"success": true}], "statistics": {"evaluated_expectations": 1, "unsuccessful_expectations": 1}}',
    'not_evaluable',
    /1 expectations did not succeed/,
  ],
  [
    'great-expectations',
    '{"success": true, "results": [{"success": true, "result": {"element_count": 0}}], "statistics": {"evaluated_expectations": 1}}',
    'uncertain',
    /did not run/,
  ],
  [
    'great-expectations',
    '{"success": true, "results": [{"success": true, "result": {"element_count": 9, "missing_count": 9}}], "statistics": {"evaluated_expectations": 1}}',
    'uncertain',
    /did not run/,
  ],
  [
    'evidently',
    '{"tests": [{"name": "a", "status": "SUCCESS"}], "summary": {"failed_tests": 1}}',
    'not_evaluable',
    /1 failed tests/,
  ],
  ['junit', '<testsuite skipped="2"><testcase name="a"/></testsuite>', 'not_evaluable', /2 tests did not run/],
  ['junit', '<testsuite skipped="-1"><testcase name="a"/></testsuite>', 'not_evaluable', /number of skipped/],
  ['junit', '<testsuite><testcase name="a" status="timedout"/></testsuite>', 'fail', /failed/],
  ['junit', '<testsuite><testcase name="a" status="pending"/></testsuite>', 'uncertain', /did not run/],
  [
    'junit',
    '<testsuite><testcase name="a" result="inconclusive"/></testsuite>',
    'not_evaluable',
    /evaluated by the tool/,
  ],
  ['junit', '<testsuite><testcase name="a" success="false"/></testsuite>', 'fail', /failed/],
  ['junit', '<testsuite><testcase name="a" executed="false"/></testsuite>', 'uncertain', /did not run/],
  ['junit', '<testsuite><testcase name="a"><results><failure/></results></testcase></testsuite>', 'fail', /“a”/],
  [
    'junit',
    '<testsuite><testcase name="a"><testcase name="b"><error/></testcase></testcase></testsuite>',
    'fail',
    /“a”/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [], "invocations": [{"exitCode": 2}]}]}',
    'not_evaluable',
    /does not say that its execution was successful/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [], "invocations": {"executionSuccessful": false}}]}',
    'not_evaluable',
    /how it was executed/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "inlineExternalProperties": [{"results": [{"level": "error"}]}], "runs": [{"tool": {"driver": {"name": "X"}}, "results": []}]}',
    'not_evaluable',
    /outside its runs/,
  ],
  [
    'sarif',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "X"}}, "results": [{"kind": "pass", "level": "error"}]}]}',
    'not_evaluable',
    /kind or level/,
  ],
];

for (const [format, text, status, message] of NOT_PASSED) {
  test(`${format} is ${status}: ${text.slice(0, 100)}`, async () => {
    const outcome = await judged(format, text);
    assert.equal(outcome.status, status, outcome.message);
    assert.match(outcome.message, message);
  });
}

test('a file that is absent, empty, not text, or of another tool is not evaluable', async () => {
  const absent = await outcomeWith({ check: 'report', path: 'run:report', format: 'junit' });
  assert.equal(absent.status, 'not_evaluable');
  assert.match(absent.message, /neither an artifact nor a logged model/);
  for (const content of ['', '  \n', new Uint8Array([0xff, 0xfe, 0]), '[]', '"passed"', 'null']) {
    for (const format of ['evidently', 'deepchecks', 'great-expectations', 'giskard', 'junit', 'sarif'] as const) {
      assert.equal((await judged(format, content)).status, 'not_evaluable', `${format} ${String(content)}`);
    }
  }
  assert.equal((await judged('sarif', fixture('reports/evidently/passed.json'))).status, 'not_evaluable');
  assert.equal((await judged('deepchecks', fixture('reports/great-expectations/passed.json'))).status, 'not_evaluable');
});

test('a damaged report that did not pass never passes by being cut, and none throws', () => {
  for (const format of ['evidently', 'deepchecks', 'great-expectations', 'giskard', 'junit', 'sarif'] as const) {
    for (const name of fixtureNames(`reports/${format}`)) {
      const whole = fixture(`reports/${format}/${name}`);
      for (const { how, bytes } of damaged(whole, 60)) {
        const read = readReport(bytes, format);
        const cut =
          how.startsWith('cut') && Buffer.from(bytes).toString().trim() !== Buffer.from(whole).toString().trim();
        if (cut) assert.ok(!read.ok, `${name} ${how}`);
      }
    }
  }
});

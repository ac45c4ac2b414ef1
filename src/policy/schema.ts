import * as z from '../base/shape/z.ts';
import { TASKS } from './metric-names.ts';
import { AgreementCheck as AgreementSchema } from './schema/checks/agreement.ts';
import { AttestationCheck as AttestationSchema } from './schema/checks/attestation.ts';
import { DocumentCheck as DocumentSchema } from './schema/checks/document.ts';
import { DriftCheck as DriftSchema } from './schema/checks/drift.ts';
import { ExplanationCheck as ExplanationSchema } from './schema/checks/explanation.ts';
import { FairnessCheck as FairnessSchema } from './schema/checks/fairness.ts';
import { GapCheck as GapSchema } from './schema/checks/gap.ts';
import { MetricCheck as MetricSchema } from './schema/checks/metric.ts';
import { OperationsCheck as OperationsSchema } from './schema/checks/operations.ts';
import { ReportCheck as ReportSchema } from './schema/checks/report.ts';
import { ReproducibilityCheck as ReproducibilitySchema } from './schema/checks/reproducibility.ts';
import { StabilityCheck as StabilitySchema } from './schema/checks/stability.ts';
import { Dataset as DatasetSchema, type Group as GroupSchema } from './schema/dataset.ts';
import {
  EnvironmentPipeline as EnvironmentPipelineSchema,
  type PipelineTarget as PipelineTargetSchema,
} from './schema/pipeline.ts';
import { RunSourcePolicy as RunSourceSchema } from './schema/run.ts';
import { type Environment as EnvironmentSchema, SignoffPolicy as SignoffSchema } from './schema/signoff.ts';
import { CheckId, nameOf } from './schema/words.ts';

/** The policy file's version that this program reads. */
export const POLICY_VERSION = 1;

export const CheckSchema = z
  .discriminatedUnion('check', [
    MetricSchema,
    AgreementSchema,
    GapSchema,
    StabilitySchema,
    FairnessSchema,
    DriftSchema,
    ExplanationSchema,
    OperationsSchema,
    ReportSchema,
    DocumentSchema,
    ReproducibilitySchema,
    AttestationSchema,
  ])
  .describe('Something that must hold before the model goes live.');

/** The policy file as it is written. It has no defaults and changes nothing, so a valid file is its own value. */
export const PolicySchema = z
  .strictObject({
    version: z.literal(POLICY_VERSION).describe('The version of the policy language.'),
    project: nameOf('The project; an approval for one project is void in another.'),
    model: nameOf('The model that this policy is for.'),
    task: z.enum(TASKS).describe('What the model predicts.'),
    run: RunSourceSchema,
    datasets: z
      .record(nameOf('A data set.'), DatasetSchema)
      .describe('The tables that checks compute from, by name.')
      .optional(),
    checks: z.record(CheckId, CheckSchema).describe('What must hold, by id.'),
    signoff: SignoffSchema,
    pipeline: z
      .record(nameOf('An environment.'), EnvironmentPipelineSchema)
      .describe('What is told when a decision falls, by environment.')
      .optional(),
  })
  .describe('What must hold before a model goes live, and who signs for it.');

type Written = z.infer<typeof PolicySchema>;

/** A policy that was understood. `datasets` is empty where the file has none. */
export type Policy = Omit<Written, 'datasets'> & { datasets: Record<string, Dataset> };

export type RunSourcePolicy = z.infer<typeof RunSourceSchema>;
export type Dataset = z.infer<typeof DatasetSchema>;
export type Group = z.infer<typeof GroupSchema>;
export type Check = z.infer<typeof CheckSchema>;
export type CheckKind = Check['check'];
export type MetricCheck = z.infer<typeof MetricSchema>;
export type AgreementCheck = z.infer<typeof AgreementSchema>;
export type GapCheck = z.infer<typeof GapSchema>;
export type StabilityCheck = z.infer<typeof StabilitySchema>;
export type FairnessCheck = z.infer<typeof FairnessSchema>;
export type DriftCheck = z.infer<typeof DriftSchema>;
export type ExplanationCheck = z.infer<typeof ExplanationSchema>;
export type OperationsCheck = z.infer<typeof OperationsSchema>;
export type ReportCheck = z.infer<typeof ReportSchema>;
export type DocumentCheck = z.infer<typeof DocumentSchema>;
export type ReproducibilityCheck = z.infer<typeof ReproducibilitySchema>;
export type AttestationCheck = z.infer<typeof AttestationSchema>;
export type Signoff = z.infer<typeof SignoffSchema>;
export type Environment = z.infer<typeof EnvironmentSchema>;
export type EnvironmentPipeline = z.infer<typeof EnvironmentPipelineSchema>;
export type PipelineTarget = z.infer<typeof PipelineTargetSchema>;

export const CHECK_KINDS: readonly CheckKind[] = CheckSchema.options.map((option) => option.shape.check.value);

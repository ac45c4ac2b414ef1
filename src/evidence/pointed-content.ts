/** Content outside the model's folder that a pointer stands for, and what it must prove to be. */
export interface PointedContent {
  readonly path: string;
  readonly algorithm: 'sha256' | 'md5';
  readonly digest: string;
  /** undefined where the pointer does not say. */
  readonly size: number | undefined;
}

/** What an error code means, and what whoever gets it can do. */
export interface ProblemDefinition {
  /** The HTTP status of a problem with this code, RFC 9110. */
  readonly status: number;
  /** What is wrong, the same for every occurrence: the title of RFC 9457, section 3.1.4. */
  readonly text: string;
  readonly remedy: string;
}

/** One thing that is wrong with the configuration. */
export interface ConfigurationProblem {
  /** Where it was set: `DAYBOOK_PORT`, `--port`, or `daybook.json: accounts.olist.zone`. */
  readonly setting: string;
  readonly message: string;
}

import {
  type Configuration,
  type ConfigurationOptions,
  readConfiguration,
} from '../configuration/configuration.js';
import { DaybookStartError } from './start-error.js';

/** The configuration of this process, or an error that lists all that is wrong with it. */
export function configured(options: ConfigurationOptions): Configuration {
  const read = readConfiguration({
    options,
    environment: process.env,
    workingDirectory: process.cwd(),
  });
  if (read.outcome === 'configured') return read.configuration;
  const list = read.problems.map(({ setting, message }) => `  ${setting} ${message}`);
  throw new DaybookStartError(
    'configuration_invalid',
    `The configuration is refused:\n${list.join('\n')}`,
  );
}

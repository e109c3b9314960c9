export { isDataDirectory } from './format-version.js';
export { openDataDirectory, type OpenedDataDirectory } from './data-directory.js';

export { makePath } from './make-path.js';
export { acquireLock } from './directory-lock.js';
export { formatVersion, isDataDirectory } from './format-version.js';
export {
  openDataDirectory,
  type LockedFolders,
  type OpenedDataDirectory,
} from './data-directory.js';
export { beginDataDirectory, type DataDirectoryInTheMaking } from './new-data-directory.js';

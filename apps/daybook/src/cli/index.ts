export { endOnInternalError } from './internal-error.js';
export { runCommandLine } from './program.js';
export { processTerminal } from './terminal.js';

import type { Command } from 'commander';
import type { CommandContext } from '../composition.js';
import type { ExitCode } from '../exit-codes.js';

/** Told once a command is done, with what the program is to exit with. */
export type Ends = (code: ExitCode) => void;

/** Adds commands that belong together to the program. */
export type CommandGroup = (program: Command, context: CommandContext, ends: Ends) => void;

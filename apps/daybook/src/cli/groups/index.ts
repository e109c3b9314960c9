import { auditCommands } from './audit-commands.js';
import { backupCommands } from './backup-commands.js';
import type { CommandGroup } from './command-group.js';
import { decisionCommands } from './decision-commands.js';
import { eventStoreCommands } from './event-store-commands.js';
import { eventStoreCopyCommands } from './event-store-copy-commands.js';
import { goodsCommands } from './goods-commands.js';
import { moneyCommands } from './money-commands.js';
import { parkedCommands } from './parked-commands.js';
import { personalDataCommands } from './personal-data-commands.js';
import { projectionCommands } from './projection-commands.js';
import { projectorCommands } from './projector-commands.js';
import { orderCommands } from './order-commands.js';
import { readingCommands } from './reading-commands.js';
import { sourceCommands } from './source-commands.js';
import { writingCommands } from './writing-commands.js';

/** Every group of commands, in the order --help lists them. */
export const commandGroups: readonly CommandGroup[] = [
  writingCommands,
  orderCommands,
  readingCommands,
  goodsCommands,
  moneyCommands,
  decisionCommands,
  sourceCommands,
  parkedCommands,
  personalDataCommands,
  projectionCommands,
  projectorCommands,
  backupCommands,
  auditCommands,
  eventStoreCommands,
  eventStoreCopyCommands,
];

import type { Channel } from './channel.js';
import { olist } from './olist/channel.js';
import { onlineRetail } from './online-retail/channel.js';

/** Every channel whose files can be imported. */
export const channels: readonly Channel[] = [olist, onlineRetail];

export * from './channel.js';
export * from './channels.js';
export * from './fact-delivery.js';

export { daybookGroup } from './daybook-group.js';
